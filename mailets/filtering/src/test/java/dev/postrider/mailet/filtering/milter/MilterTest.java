package dev.postrider.mailet.filtering.milter;

import static dev.postrider.mailet.filtering.milter.MilterPeer.frame;
import static dev.postrider.plugin.testkit.MailBuilder.aMail;
import static dev.postrider.plugin.testkit.PluginAssertions.assertThatMailet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.mailet.filtering.daemon.DaemonAddress;
import dev.postrider.plugin.Effect;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Notify;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.testkit.MailBuilder;
import dev.postrider.plugin.testkit.OutcomeAssert;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MilterTest {

  private static final String MESSAGE =
      "Received: here\nSubject: one\n two\nX-Tag: a\nX-Tag: b\nX-Tag: c\n\nHello\n";

  private MilterPeer peer;

  @BeforeEach
  void open() throws IOException {
    peer = new MilterPeer();
  }

  @AfterEach
  void close() throws IOException {
    peer.close();
  }

  private OutcomeAssert given(Mail mail) {
    return assertThatMailet(Milters.patient(peer.start().address())).given(mail);
  }

  private OutcomeAssert atTheEnd(byte[]... frames) {
    peer.answering('E', frames);
    return given(aMail().message(MESSAGE).build());
  }

  private Mail changed(byte[]... frames) {
    byte[][] all = Arrays.copyOf(frames, frames.length + 1);
    all[frames.length] = frame('c', "");
    return ((Outcome.Continue) atTheEnd(all).outcome()).mail();
  }

  private static String text(Mail mail) {
    try (InputStream in = mail.message().open()) {
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<String> heard(char code) {
    return peer.heard().stream().filter(each -> each.charAt(0) == code).toList();
  }

  @Test
  void theMilterHearsTheWholeMailInOrder() {
    given(
            aMail()
                .message(MESSAGE)
                .from("alice@example.org")
                .to("bob@example.test", "carol@example.test")
                .build())
        .continuesUnchanged();
    assertThat(peer.heard().stream().filter(each -> !"DOK".contains(each.substring(0, 1))))
        .containsExactly(
            "C[192.0.2.1]|4||192.0.2.1|",
            "Hclient.example.org|",
            "M<alice@example.org>|SIZE=75|",
            "R<bob@example.test>|",
            "R<carol@example.test>|",
            "T",
            "LReceived|here|",
            "LSubject|one\n two|",
            "LX-Tag|a|",
            "LX-Tag|b|",
            "LX-Tag|c|",
            "N",
            "BHello\r\n",
            "E");
    assertThat(heard('D'))
        .contains(
            "DCj|mail.example.test|{daemon_name}|smtp|{client_addr}|192.0.2.1|v|Postrider|_|[192.0.2.1]|",
            "DR{rcpt_addr}|carol@example.test|{rcpt_host}|example.test|{rcpt_mailer}|smtp|",
            "DEi|mail-1|");
  }

  @Test
  void onlyTheMacrosItAskedForAreSent() {
    peer.wantingMacros(0, "j {client_addr} {unknown}").wantingMacros(5, "");
    given(aMail().build()).continuesUnchanged();
    assertThat(heard('D'))
        .contains("DCj|mail.example.test|{client_addr}|192.0.2.1|")
        .noneMatch(each -> each.startsWith("DE"));
  }

  @Test
  void whatItDoesNotWantToHearIsNotSaid() {
    peer.negotiating(6, 0, 0x1 | 0x2 | 0x4 | 0x8 | 0x10 | 0x20 | 0x40 | 0x200);
    given(aMail().build()).continuesUnchanged();
    assertThat(peer.heard()).noneMatch(each -> "CHMRTLNB".contains(each.substring(0, 1)));
    assertThat(heard('E')).hasSize(1);
    assertThat(heard('D')).isNotEmpty();
  }

  @Test
  void whatItDoesNotAnswerIsNotWaitedFor() {
    peer.negotiating(
        6, 0, 0x1000 | 0x2000 | 0x4000 | 0x8000 | 0x1_0000 | 0x80 | 0x4_0000 | 0x8_0000);
    given(aMail().build()).continuesUnchanged();
    assertThat(heard('B')).hasSize(1);
  }

  @Test
  void anOldMilterIsNotToldOfData() {
    Milter milter = Milters.patient(peer.negotiating(2, 0, 0).start().address());
    assertThatMailet(milter).given(aMail()).continuesUnchanged();
    assertThatMailet(milter).given(aMail()).continuesUnchanged();
    assertThat(heard('T')).isEmpty();
    assertThat(peer.connections()).isEqualTo(2);
  }

  @Test
  void leadingSpaceIsKeptWhereNegotiated() {
    peer.negotiating(6, 0x1ff, 0x10_0000);
    Mail mail = changed(frame('h', "A\0b\0"), frame('h', "C\0 d\0"));
    assertThat(heard('L')).contains("LSubject| one\n two|");
    assertThat(text(mail)).contains("\r\nA:b\r\nC: d\r\n\r\n");
  }

  @Test
  void aBodyComesInChunksUntilItHasEnough() {
    peer.negotiating(6, 0, 0x400);
    peer.answering('B', frame('s', ""));
    given(aMail().body("x".repeat(200_000)).build()).continuesUnchanged();
    assertThat(heard('B')).singleElement().satisfies(each -> assertThat(each).hasSize(65_536));
  }

  @Test
  void aWholeBodyOfManyChunks() {
    peer.negotiating(6, 0, 0);
    given(aMail().message("A: b\n\n" + "x".repeat(140_000)).build()).continuesUnchanged();
    assertThat(heard('B').stream().mapToInt(each -> each.length() - 1).boxed())
        .containsExactly(65_535, 65_535, 8_930);
  }

  @Test
  void headersAreAddedInsertedChangedAndDeleted() {
    Mail mail =
        changed(
            frame('h', "New\0last\0"),
            frame('i', 0, "Top\0first\0"),
            frame('i', 2, "Third\0folded\n\tline\0"),
            frame('i', 99, "Far\0away\0"),
            frame('m', 1, "x-tag\0\0"),
            frame('m', 2, "X-Tag\0B\0"),
            frame('m', 3, "X-Tag\0\0"),
            frame('m', 4, "X-Tag\0new\0"),
            frame('m', 9, "Nowhere\0\0"));
    assertThat(text(mail))
        .isEqualTo(
            "Top: first\r\nReceived: here\r\nThird: folded\r\n\tline\r\nSubject: one\r\n two\r\n"
                + "X-Tag: B\r\nNew: last\r\nFar: away\r\nX-Tag: new\r\n\r\nHello\r\n");
  }

  @Test
  void theBodyIsReplacedByAllItsChunks() {
    Mail mail = changed(frame('b', "New\n"), frame('b', "body\r\nx\ry\r\n"));
    assertThat(text(mail)).endsWith("X-Tag: c\r\n\r\nNew\r\nbody\r\nx\r\ny\r\n");
    assertThat(text(mail)).startsWith("Received: here\r\nSubject: one\r\n two\r\n");
  }

  @Test
  void recipientsAndSenderAreChanged() {
    Mail mail =
        changed(
            frame('+', "<carol@example.test>\0"),
            frame('+', "carol@example.test\0"),
            frame('2', "<dave@example.test>\0NOTIFY=NEVER ORCPT=rfc822;d@x\0"),
            frame('-', "<BOB@example.test>\0"),
            frame('e', "<new@example.org>\0SIZE=1\0"));
    assertThat(mail.recipients())
        .extracting(Object::toString)
        .containsExactly("carol@example.test", "dave@example.test");
    assertThat(mail.recipients().get(1).notifyOn()).containsExactly(Notify.NEVER);
    assertThat(mail.recipients().get(1).original()).contains("rfc822;d@x");
    assertThat(mail.sender()).hasToString("new@example.org");
  }

  @Test
  void theNullSenderCanBeSet() {
    assertThat(changed(frame('e', "<>\0")).sender().isNull()).isTrue();
  }

  @Test
  void aMailWithoutRecipientsIsDiscarded() {
    atTheEnd(frame('-', "<bob@example.test>\0"), frame('a', "")).discards();
  }

  @Test
  void verdictsBecomeOutcomes() throws IOException {
    atTheEnd(frame('r', "")).refuses("550 5.7.1");
    reopen();
    atTheEnd(frame('t', "")).refuses("451 4.7.1");
    reopen();
    atTheEnd(frame('d', "")).discards();
    reopen();
    atTheEnd(frame('a', "")).continuesUnchanged();
    reopen();
    atTheEnd(frame('4', "")).refuses("421 4.7.0");
    reopen();
    atTheEnd(frame('f', "")).refuses("451 4.7.1");
    reopen();
    atTheEnd(frame('y', "554 5.7.7 100%% spam\0")).refuses("554 5.7.7 100% spam");
    reopen();
    atTheEnd(frame('y', "450-4.2.0 one\r\n450 4.2.0 two\0")).refuses("450 4.2.0 one two");
    reopen();
    atTheEnd(frame('y', "550 go away\0")).refuses("550 5.7.1 go away");
    reopen();
    atTheEnd(frame('h', "A\0b\0"), frame('q', "look at it\0"), frame('c', ""))
        .holds("quarantined by the milter " + peer.address() + ": look at it");
    reopen();
    atTheEnd(frame('h', "A\0b\0"), frame('r', "")).refuses("550");
  }

  private void reopen() throws IOException {
    peer.close();
    peer = new MilterPeer();
  }

  @Test
  void everyPhaseCanEndIt() throws IOException {
    for (char phase : "CHMTLNB".toCharArray()) {
      reopen();
      peer.answering(phase, frame('r', ""));
      given(aMail().build()).refuses("550 5.7.1");
      reopen();
      peer.answering(phase, frame('a', ""));
      given(aMail().build()).continuesUnchanged();
      assertThat(heard('E')).isEmpty();
    }
  }

  @Test
  void progressIsWaitedOn() {
    atTheEnd(frame('p', ""), frame('p', ""), frame('h', "A\0b\0"), frame('p', ""), frame('c', ""))
        .continues()
        .withHeader("A", "b");
  }

  @Test
  void aRefusedRecipientIsReportedAndTheOthersGoOn() throws IOException {
    MailBuilder mail = aMail().to("bob@example.test", "carol@example.test");
    peer.answeringInTurn('R', frame('c', ""), frame('y', "550 5.1.1 unknown\0"));
    OutcomeAssert outcome = given(mail.build());
    assertThat(((Outcome.Continue) outcome.outcome()).mail().recipients())
        .extracting(Object::toString)
        .containsExactly("bob@example.test");
    assertThat(outcome.effects())
        .singleElement()
        .isInstanceOfSatisfying(
            Effect.Bounce.class,
            bounce -> {
              assertThat(bounce.status()).hasToString("550 5.1.1 unknown");
              assertThat(bounce.mail().recipients())
                  .extracting(Object::toString)
                  .containsExactly("carol@example.test");
            });
    reopen();
    peer.answeringInTurn('R', frame('c', ""), frame('t', ""));
    given(mail.build()).refuses("451 4.7.1");
  }

  @Test
  void whereAllRecipientsAreRefusedTheMailIs() {
    peer.answering('R', frame('y', "550 5.1.1 unknown\0"));
    given(aMail().to("bob@example.test", "carol@example.test").build())
        .refuses("550 5.1.1 unknown");
    assertThat(heard('T')).isEmpty();
  }

  @Test
  void sessionStagesEndWhereTheyAre() throws IOException {
    given(aMail().atConnect()).continuesUnchanged();
    assertThat(peer.heard()).noneMatch(each -> "HMRTE".contains(each.substring(0, 1)));
    reopen();
    peer.answering('M', frame('y', "550 5.7.1 no\0"));
    given(aMail().atSender()).refuses("550 5.7.1 no");
    assertThat(heard('R')).isEmpty();
    reopen();
    peer.answering('R', frame('t', ""));
    given(aMail().atRecipient()).refuses("451 4.7.1");
    reopen();
    peer.answering('R', frame('d', ""));
    given(aMail().atRecipient()).continuesUnchanged();
  }

  @Test
  void aConnectionServesSeveralMails() {
    Milter milter = Milters.patient(peer.start().address());
    for (int i = 0; i < 3; i++) {
      assertThatMailet(milter).given(aMail()).continuesUnchanged();
    }
    assertThat(peer.connections()).isEqualTo(1);
    assertThat(heard('O')).hasSize(1);
    assertThat(heard('C')).hasSize(3);
  }

  @Test
  void anIdleConnectionThatWasClosedIsReplaced() throws IOException {
    Milter milter = Milters.patient(peer.start().address());
    assertThatMailet(milter).given(aMail()).continuesUnchanged();
    peer.hangUp();
    assertThatMailet(milter).given(aMail()).continuesUnchanged();
    assertThat(peer.connections()).isEqualTo(2);
  }

  @Test
  void aNameIsLookedUp() {
    peer.start();
    assertThatMailet(Milters.patient(new DaemonAddress.Inet("milter.test", peer.port())))
        .given(aMail())
        .continuesUnchanged();
  }
}
