package dev.postrider.kernel.intake;

import static dev.postrider.kernel.intake.Platform.TEXT;
import static dev.postrider.kernel.intake.Platform.client;
import static dev.postrider.kernel.intake.Platform.envelope;
import static dev.postrider.kernel.intake.Platform.recipient;
import static dev.postrider.kernel.intake.Platform.stranger;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.plugin.Client;
import dev.postrider.plugin.Effect;
import dev.postrider.plugin.Envelope;
import dev.postrider.plugin.HeaderField;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Mailet;
import dev.postrider.plugin.Message;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.ReversePath;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AcceptedContentTest extends AcceptanceFixture {

  @Test
  void theTraceNamesASingleRecipientAndThePeerOnlyAsFarAsItIsSane() {
    Client odd =
        new Client(
            stranger().address(), "evil (x)\r\nX: y", "ESMTPS", "smtp", Optional.empty(), true);
    Envelope utf8 =
        new Envelope(
            ReversePath.parse(SENDER),
            List.of(recipient("bob@example.test")),
            Optional.empty(),
            envelope(SENDER).returnContent(),
            envelope(SENDER).bodyType(),
            true);

    platform.message(odd, utf8, TEXT);

    assertThat(platform.mailbox("bob@example.test").getFirst())
        .contains(
            "Received: from unknown ([203.0.113.9])\r\n\tby mx.example.test with UTF8SMTPS id ",
            "\r\n\tfor <bob@example.test>;\r\n\t");
  }

  @Test
  void editedHeadersShareTheBodyAndAnOldReturnPathGoes() {
    platform.first(
        mail -> Outcome.next(mail.withHeaders(all -> all.withLast(HeaderField.of("X-Bob", "yes")))),
        "bob@example.test");

    platform.message(
        stranger(),
        envelope(SENDER, "alice@example.test", "bob@example.test"),
        "Return-Path: <old@remote.example>\r\n" + TEXT);

    assertThat(platform.store.contentCount()).isEqualTo(1);
    assertThat(platform.mailbox("bob@example.test").getFirst())
        .startsWith("Return-Path: <s@remote.example>\r\nDelivered-To: bob")
        .doesNotContain("old@remote")
        .endsWith("Subject: hi\r\nX-Bob: yes\r\n\r\nbody\r\n");
    assertThat(platform.mailbox("alice@example.test").getFirst())
        .doesNotContain("old@remote", "X-Bob")
        .endsWith(TEXT);
  }

  @Test
  void submittedMailGetsTheDateAndMessageIdThatItLacks() {
    platform.message(
        client("submission", "bob@example.test"),
        envelope("bob@example.test", "alice@example.test"),
        TEXT);
    platform.message(stranger(), envelope(SENDER, "bob@example.test"), "Date: then\r\n" + TEXT);

    assertThat(platform.mailbox("alice@example.test").getFirst())
        .contains("\r\nDate: Thu, 15 Jan 2026 12:00:00 +0000\r\nMessage-ID: <")
        .endsWith(TEXT);
    assertThat(platform.mailbox("bob@example.test").getFirst()).doesNotContain("Message-ID");
  }

  @Test
  void moreThanAHundredReceivedFieldsAreALoop() {
    String hundred = "Received: x\r\n".repeat(100);
    assertThat(platform.message(stranger(), envelope(SENDER, "bob@example.test"), hundred + TEXT))
        .isInstanceOf(Acceptance.Accepted.class);
    assertThat(
            platform.message(
                stranger(),
                envelope(SENDER, "bob@example.test"),
                "Received: x\r\n" + hundred + TEXT))
        .isEqualTo(new Acceptance.Refused(DoorStatus.LOOP));
  }

  @Test
  void binaryContentHasAHeaderOfLinesAllTheSame() {
    String bytes = "\r\n\r\n\0\r\n.\n\r";
    for (String header : List.of("Subject: a\rFrom: b@example.test", "Subject: a\0b")) {
      assertThat(platform.message(stranger(), envelope(SENDER, "bob@example.test"), header + bytes))
          .isEqualTo(new Acceptance.Refused(DoorStatus.BAD_HEADER));
    }
    assertThat(
            platform.message(
                stranger(), envelope(SENDER, "bob@example.test"), "Subject: a" + bytes))
        .isInstanceOf(Acceptance.Accepted.class);
  }

  @Test
  void aMessageThatBeginsWithWhiteSpaceDoesNotGrowIntoOurTraceField() {
    platform.message(stranger(), envelope(SENDER, "bob@example.test"), " text\r\n");
    assertThat(platform.mailbox("bob@example.test").getFirst()).endsWith("+0000\r\n\r\n text\r\n");
  }

  @Test
  void aMailetThatRewritesTheWholeMessageIsStoredAsItWrote() {
    Mailet rewrite = mail -> Outcome.next(mail.withMessage(Message.of(other(mail))));
    platform.first(rewrite, "bob@example.test");

    accept("bob@example.test");

    assertThat(platform.mailbox("bob@example.test").getFirst()).endsWith("bob\r\n\r\nother\r\n");
  }

  private static byte[] other(Mail mail) {
    return ("Subject: " + mail.recipients().getFirst().address().localPart() + "\r\n\r\nother\r\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static final Message BARE = Message.of(" X: y\r\n".getBytes(StandardCharsets.US_ASCII));

  @Test
  void fieldsAddedToAMessageWithoutHeaderStayApartFromItsBody() {
    platform.first(
        mail -> {
          Message edited = BARE.withHeaders(all -> all.withLast(HeaderField.of("X-A", "b")));
          return new Outcome.Done(List.of(new Effect.Deliver(mail.withMessage(edited), "INBOX")));
        },
        "bob@example.test");

    accept("bob@example.test");

    assertThat(platform.mailbox("bob@example.test").getFirst())
        .endsWith("Delivered-To: bob@example.test\r\nX-A: b\r\n\r\n X: y\r\n");
  }

  @Test
  void aMessageWithoutHeaderDoesNotBecomePartOfOurFields() {
    platform.alias("out@example.test", "x@remote.example");
    platform.first(
        mail -> new Outcome.Done(List.of(new Effect.Deliver(mail.withMessage(BARE), "INBOX"))),
        "bob@example.test",
        "out@example.test");

    accept("bob@example.test", "out@example.test");

    assertThat(platform.mailbox("bob@example.test").getFirst())
        .endsWith("\r\nDelivered-To: bob@example.test\r\n\r\n X: y\r\n");
    assertThat(platform.text(platform.store.outbound().list("", 1).getFirst().message()))
        .isEqualTo("Delivered-To: out@example.test\r\n\r\n X: y\r\n");
  }
}
