package dev.postrider.kernel.bounce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.kernel.bounce.BounceRequest.Failed;
import dev.postrider.kernel.bounce.BounceRequest.Kind;
import dev.postrider.plugin.BodyType;
import dev.postrider.plugin.Content;
import dev.postrider.plugin.EmailAddress;
import dev.postrider.plugin.EnhancedStatus;
import dev.postrider.plugin.Envelope;
import dev.postrider.plugin.Notify;
import dev.postrider.plugin.Recipient;
import dev.postrider.plugin.ReturnContent;
import dev.postrider.plugin.ReversePath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeliveryReportsTest {

  private static final String MAIL =
      "Message-ID: <1@client.example>\r\nSubject: lunch\r\n\r\nAt noon?\r\n";
  private static final Instant CAME = Instant.parse("2026-01-15T12:00:00Z");
  private static final Instant NOW = Instant.parse("2026-01-15T16:30:00Z");

  private final AtomicInteger counter = new AtomicInteger();
  private final DeliveryReports reports =
      new DeliveryReports(
          "mx.example.test",
          InstantSource.fixed(NOW),
          () -> "id" + counter.incrementAndGet(),
          1000);

  private static Recipient recipient(String address, Notify... kinds) {
    return new Recipient(EmailAddress.parse(address), Set.of(kinds), Optional.empty());
  }

  private static Failed refused(Recipient recipient, String said) {
    return new Failed(
        recipient,
        EnhancedStatus.parse("5.1.1"),
        Optional.of("mx.remote.test"),
        said,
        Optional.empty());
  }

  private static Envelope envelope(ReturnContent ret, boolean utf8, Recipient... recipients) {
    return new Envelope(
        ReversePath.parse("alice@example.test"),
        List.of(recipients),
        Optional.of("QQ+2B7"),
        ret,
        BodyType.SEVEN_BIT,
        utf8);
  }

  private static BounceRequest request(Envelope envelope, Kind kind, Failed... failed) {
    return new BounceRequest(
        "m1",
        envelope,
        Content.of(MAIL.getBytes(StandardCharsets.ISO_8859_1)),
        CAME,
        kind,
        List.of(failed));
  }

  private NewMail report(BounceRequest request) {
    return reports.report(request).orElseThrow();
  }

  private static String text(NewMail report) throws IOException {
    try (InputStream in = report.content().open()) {
      byte[] octets = in.readAllBytes();
      assertThat(report.content().size()).isEqualTo(octets.length);
      return new String(octets, StandardCharsets.UTF_8);
    }
  }

  private static void assertGolden(String name, String actual) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(DeliveryReportsTest.class.getResourceAsStream(name), name)) {
      String expected = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(actual).isEqualTo(expected.replace("\n", "\r\n"));
    }
  }

  @Test
  void aFailureCarriesStatusAndRemoteTextPerRecipientAndTheMail() throws IOException {
    Recipient bob =
        new Recipient(
            EmailAddress.parse("bob@remote.test"),
            Set.of(Notify.FAILURE),
            Optional.of("rfc822;robert+2Bx@remote.test"));
    Recipient carol = recipient("carol@remote.test");
    Failed ours =
        new Failed(
            carol,
            EnhancedStatus.parse("5.1.2"),
            Optional.empty(),
            "The domain remote.test does not exist.",
            Optional.empty());

    NewMail report =
        report(
            request(
                envelope(ReturnContent.FULL, false, bob, carol),
                Kind.FAILED,
                refused(bob, "550 5.1.1 No such user here, and this is a text that is long enough"),
                ours));

    assertGolden("failed.eml", text(report));
    assertThat(report.envelope().sender().isNull()).isTrue();
    assertThat(report.envelope().recipients())
        .containsExactly(recipient("alice@example.test", Notify.NEVER));
    assertThat(report.envelope().bodyType()).isEqualTo(BodyType.SEVEN_BIT);
  }

  @Test
  void aDelayNamesTheEndOfTryingAndReturnsTheHeaderOnly() throws IOException {
    Recipient bob = recipient("bob@remote.test");
    Failed late =
        new Failed(
            bob,
            EnhancedStatus.parse("4.4.1"),
            Optional.empty(),
            "No connection to mx.remote.test.",
            Optional.of(Instant.parse("2026-01-20T12:00:00Z")));

    assertGolden(
        "delayed.eml",
        text(report(request(envelope(ReturnContent.FULL, false, bob), Kind.DELAYED, late))));
  }

  @Test
  void aUtf8SenderGetsTheGlobalForms() throws IOException {
    Recipient user = recipient("jürgen@remote.test");

    NewMail report =
        report(
            request(
                envelope(ReturnContent.UNSTATED, true, user),
                Kind.FAILED,
                refused(user, "550 Gibt es nicht: jürgen")));

    assertGolden("failed-utf8.eml", text(report));
    assertThat(report.envelope().smtpUtf8()).isTrue();
    assertThat(report.envelope().bodyType()).isEqualTo(BodyType.EIGHT_BIT_MIME);
  }

  @Test
  void aSenderWithoutUtf8GetsAsciiOnly() throws IOException {
    Recipient user = recipient("jürgen@remote.test");

    String text =
        text(
            report(
                request(
                    envelope(ReturnContent.UNSTATED, false, user),
                    Kind.FAILED,
                    refused(user, "550 Gibt es nicht: jürgen"))));

    assertThat(text)
        .contains("Final-Recipient: utf-8; j\\x{FC}rgen@remote.test")
        .contains("smtp; 550 Gibt es nicht: j?rgen")
        .matches(all -> all.chars().allMatch(c -> c < 0x80), "ASCII");
  }

  @Test
  void theNullSenderGetsNoReport() {
    Recipient bob = recipient("bob@remote.test");
    Envelope envelope = Envelope.of(ReversePath.NULL, List.of(bob));

    assertThat(reports.report(request(envelope, Kind.FAILED, refused(bob, "550 no")))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    ", FAILED, true",
    ", DELAYED, true",
    ", RELAYED, false",
    ", DELIVERED, false",
    "NEVER, FAILED, false",
    "NEVER, DELAYED, false",
    "NEVER, RELAYED, false",
    "FAILURE, FAILED, true",
    "FAILURE, DELAYED, false",
    "DELAY, DELAYED, true",
    "DELAY, FAILED, false",
    "SUCCESS, RELAYED, true",
    "SUCCESS, DELIVERED, true",
    "SUCCESS, FAILED, false"
  })
  void aReportIsMadeWhereNotifyAsksForIt(@Nullable Notify asked, Kind kind, boolean made) {
    Recipient bob =
        asked == null ? recipient("bob@remote.test") : recipient("bob@remote.test", asked);

    assertThat(
            reports
                .report(
                    request(
                        envelope(ReturnContent.UNSTATED, false, bob), kind, refused(bob, "550")))
                .isPresent())
        .isEqualTo(made);
  }

  @Test
  void onlyRecipientsWhoseSenderWantsToKnowAreListed() throws IOException {
    Recipient bob = recipient("bob@remote.test");
    Recipient mute = recipient("mute@remote.test", Notify.NEVER);

    String text =
        text(
            report(
                request(
                    envelope(ReturnContent.HEADERS, false, bob, mute),
                    Kind.FAILED,
                    refused(bob, "550 no"),
                    refused(mute, "550 no"))));

    assertThat(text).contains("bob@remote.test").doesNotContain("mute@remote.test");
    assertThat(text).contains("text/rfc822-headers").doesNotContain("At noon?");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "550 no\r\nBcc: x@evil.test",
        "550 no\nX-Evil: 1",
        "550 \u0000\u001b[31mred",
        "550 \u2028X-Evil: 1",
        "550 \u202egnp.exe"
      })
  void aHostileReplyCantAddALineOrAControlCharacter(String reply) throws IOException {
    Recipient bob = recipient("bob@remote.test");

    for (boolean utf8 : new boolean[] {false, true}) {
      String text =
          text(
              report(
                  request(
                      envelope(ReturnContent.HEADERS, utf8, bob),
                      Kind.FAILED,
                      refused(bob, reply))));

      assertThat(text.lines().filter(line -> line.startsWith("X-Evil") || line.startsWith("Bcc")))
          .isEmpty();
      assertThat(text.replace("\r\n", "").replace("\t", ""))
          .matches(
              all ->
                  all.chars()
                      .noneMatch(
                          c ->
                              Character.isISOControl(c)
                                  || Character.getType(c) == Character.FORMAT
                                  || c == 0x2028),
              "no control character");
    }
  }

  @Test
  void anEncodedLineEndInOrcptOrEnvidStaysEncoded() throws IOException {
    Recipient bob =
        new Recipient(
            EmailAddress.parse("bob@remote.test"),
            Set.of(),
            Optional.of("rfc822;x+0D+0AX-Evil:+20y"));

    String text =
        text(
            report(
                request(
                    envelope(ReturnContent.HEADERS, false, bob),
                    Kind.FAILED,
                    refused(bob, "550 no"))));

    assertThat(text).contains("Original-Recipient: rfc822; x+0D+0AX-Evil:+20y\r\n");
  }

  @Test
  void noLineIsLongerThanSmtpAllows() throws IOException {
    Recipient bob = recipient("bob@remote.test");

    String text =
        text(
            report(
                request(
                    envelope(ReturnContent.HEADERS, true, bob),
                    Kind.FAILED,
                    refused(bob, "550 " + "x".repeat(3000)),
                    refused(bob, "😀".repeat(1500)))));

    assertThat(text.lines().mapToInt(line -> line.getBytes(StandardCharsets.UTF_8).length))
        .allMatch(length -> length <= 998);
    assertThat(text).doesNotContain("\uFFFD").doesNotContain("?");
  }

  @Test
  void aBigMailGoesBackWithoutItsBody() throws IOException {
    Recipient bob = recipient("bob@remote.test");
    byte[] big = (MAIL + "x".repeat(2000)).getBytes(StandardCharsets.ISO_8859_1);
    BounceRequest request =
        new BounceRequest(
            "m1",
            envelope(ReturnContent.FULL, false, bob),
            Content.of(big),
            CAME,
            Kind.FAILED,
            List.of(refused(bob, "550 no")));

    assertThat(text(report(request))).contains("Subject: lunch").doesNotContain("xxxx");
  }

  @Test
  void anEightBitMailMakesTheReportEightBit() throws IOException {
    Recipient bob = recipient("bob@remote.test");
    BounceRequest request =
        new BounceRequest(
            "m1",
            envelope(ReturnContent.FULL, false, bob),
            Content.of((MAIL + "größer\r\n").getBytes(StandardCharsets.UTF_8)),
            CAME,
            Kind.FAILED,
            List.of(refused(bob, "550 no")));

    NewMail report = report(request);

    assertThat(report.envelope().bodyType()).isEqualTo(BodyType.EIGHT_BIT_MIME);
    assertThat(text(report)).contains("größer");
  }

  @Test
  void readingFromAnyOffsetGivesTheSameOctets() throws IOException {
    Recipient bob = recipient("bob@remote.test");
    NewMail report =
        report(
            request(envelope(ReturnContent.FULL, false, bob), Kind.FAILED, refused(bob, "550 no")));
    String whole = text(report);

    for (int offset = 0; offset <= whole.length(); offset += 7) {
      try (InputStream in = report.content().open(offset)) {
        assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
            .isEqualTo(whole.substring(offset));
      }
    }
  }
}
