package dev.postrider.protocol.smtp.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.kernel.intake.Verdict;
import dev.postrider.plugin.BodyType;
import dev.postrider.plugin.Envelope;
import dev.postrider.plugin.Notify;
import dev.postrider.plugin.Recipient;
import dev.postrider.plugin.ReturnContent;
import dev.postrider.plugin.Status;
import dev.postrider.protocol.line.Next;
import dev.postrider.protocol.testkit.SessionPeer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LimitsTest {
  private static final String TO_ALICE =
      "EHLO c\r\nMAIL FROM:<a@s.example>\r\nRCPT TO:<alice@example.test>\r\n";

  private final FakeReception reception = new FakeReception();
  private final SessionPeer<SmtpState, SmtpQuestion, SmtpAnswer> peer =
      Fixture.session(Fixture.settings(SmtpProfile.SERVER, Fixture.SMALL), reception, false);

  @AfterEach
  void close() {
    peer.close();
  }

  private List<String> say(String text) {
    return Fixture.say(peer, text);
  }

  @Test
  void aMailInTinyChunksEndsTheSession() {
    say(TO_ALICE);
    List<String> replies = say("BDAT 1\r\nx".repeat(60));
    assertThat(replies).hasSize(51).last().asString().startsWith("421 4.7.0");
    assertThat(peer.next()).isInstanceOf(Next.Close.class);
  }

  @Test
  void tooManyCommandsEndTheSession() {
    peer.readLines();
    List<String> replies = say("NOOP\r\n".repeat(400));
    assertThat(replies).hasSize(301).last().asString().startsWith("421 4.7.0");
  }

  @Test
  void tooManyErrorsEndTheSession() {
    peer.readLines();
    List<String> replies = say("XYZ\r\n".repeat(20));
    assertThat(replies).hasSize(12).last().asString().startsWith("421 4.7.0");
  }

  @Test
  void recipientsBeyondTheLimitAreForAnotherTransaction() {
    say(TO_ALICE);
    List<String> replies = say("RCPT TO:<bob@example.test>\r\n".repeat(100));
    assertThat(replies.getLast()).startsWith("452 4.5.3");
    assertThat(replies.get(98)).startsWith("250");
    assertThat(say("DATA\r\n").getLast()).startsWith("354");
  }

  @Test
  void lmtpSaysForEachRecipientThatTheLastChunkIsTooMuch() {
    try (var lmtp =
        Fixture.session(Fixture.settings(SmtpProfile.LMTP, Fixture.SMALL), reception, false)) {
      Fixture.say(
          lmtp, TO_ALICE.replace("EHLO", "LHLO") + "RCPT TO:<bob@example.test>\r\nBDAT 60000\r\n");
      Fixture.say(lmtp, "x".repeat(60_000));
      assertThat(Fixture.say(lmtp, "BDAT 6000 LAST\r\n" + "x".repeat(6000)))
          .hasSize(2)
          .allMatch(line -> line.startsWith("552 5.3.4"));
    }
  }

  @Test
  void aMailThatGrowsTooBigIsRefusedAtItsEndAndInAChunk() {
    say(TO_ALICE + "DATA\r\n");
    assertThat(say(("x".repeat(998) + "\r\n").repeat(70) + ".\r\n").getLast())
        .startsWith("552 5.3.4");
    say(TO_ALICE + "BDAT 60000\r\n" + "x".repeat(60_000));
    assertThat(say("BDAT 6000 LAST\r\n" + "x".repeat(6000)).getLast()).startsWith("552 5.3.4");
    assertThat(reception.taken).isEmpty();
    assertThat(reception.draftsOpen).hasValue(0);
  }

  @Test
  void longLinesOfAMessageAreTakenAsTheyAre() {
    for (int length : List.of(998, 999, 1000, 2047, 2048, 60_000)) {
      say("RSET\r\n" + TO_ALICE + "DATA\r\n");
      String line = "x".repeat(length) + "\r\n";
      assertThat(say(line + ".\r\n").getLast()).startsWith("250");
      assertThat(reception.contents().getLast()).isEqualTo(line);
      if (reception.taken.size() == 4) {
        break; // five mails are the limit of this session
      }
    }
  }

  @Test
  void aLineOfACommandHasItsLimit() {
    peer.readLines();
    assertThat(say("NOOP " + "x".repeat(505) + "\r\n").getLast()).startsWith("250");
    assertThat(say("NOOP " + "x".repeat(506) + "\r\n").getLast()).startsWith("500 5.5.2");
  }

  @Test
  void theEnvelopeHoldsWhatWasAskedFor() {
    say("EHLO c\r\n");
    say("MAIL FROM:<jürgen@s.example> SMTPUTF8 BODY=8BITMIME RET=HDRS ENVID=a+2Bb\r\n");
    say("RCPT TO:<alice@example.test> NOTIFY=SUCCESS,DELAY ORCPT=rfc822;a@b\r\n");
    say("DATA\r\nhi\r\n.\r\n");
    FakeReception.Taken mail = reception.taken.getFirst();
    Envelope envelope = mail.envelope();
    assertThat(envelope.bodyType()).isEqualTo(BodyType.EIGHT_BIT_MIME);
    assertThat(envelope.smtpUtf8()).isTrue();
    assertThat(envelope.returnContent()).isEqualTo(ReturnContent.HEADERS);
    assertThat(envelope.envelopeId()).contains("a+2Bb");
    Recipient recipient = envelope.recipients().getFirst();
    assertThat(recipient.notifyOn()).containsExactlyInAnyOrder(Notify.SUCCESS, Notify.DELAY);
    assertThat(recipient.original()).contains("rfc822;a@b");
    assertThat(mail.client().protocol()).isEqualTo("UTF8SMTP");
    assertThat(mail.client().helo()).isEqualTo("c");
  }

  @Test
  void aPeerThatMayNotConnectHearsWhyAndIsGone() {
    reception.connectVerdict = Verdict.refuse(Status.permanent("5.7.1", "Listed"));
    try (SessionPeer<SmtpState, SmtpQuestion, SmtpAnswer> refused =
        Fixture.session(Fixture.settings(SmtpProfile.SERVER, Fixture.SMALL), reception, false)) {
      assertThat(refused.readLines()).containsExactly("554 Listed");
      assertThat(refused.next()).isInstanceOf(Next.Close.class);
    }
  }
}
