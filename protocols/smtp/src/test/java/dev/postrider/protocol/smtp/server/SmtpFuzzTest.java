package dev.postrider.protocol.smtp.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.kernel.guard.Reaction;
import dev.postrider.plugin.testkit.Fuzz;
import dev.postrider.protocol.line.ConnectionLimits;
import dev.postrider.protocol.line.Next;
import dev.postrider.protocol.line.Peer;
import dev.postrider.protocol.line.TlsFacts;
import dev.postrider.protocol.testkit.SessionPeer;
import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Random commands and random octets, cut anywhere, in every state; a failure names its seed. */
class SmtpFuzzTest {
  private static final SmtpLimits PATIENT =
      new SmtpLimits(
          ConnectionLimits.DEFAULT,
          65_536,
          100,
          100_000,
          1_000_000,
          1_000_000,
          50,
          512,
          Duration.ofMinutes(5),
          1000);

  private static final List<String> WORDS =
      List.of(
          "EHLO c",
          "ehlo [192.0.2.1]",
          "HELO c",
          "LHLO c",
          "EHLO",
          "EHLO a b",
          "STARTTLS",
          "STARTTLS x",
          "AUTH PLAIN",
          "AUTH LOGIN",
          "AUTH PLAIN AGFsaWNlQGV4YW1wbGUudGVzdABzZWNyZXQ=",
          "AUTH PLAIN ====",
          "AUTH CRAM-MD5",
          "YWxpY2VAZXhhbXBsZS50ZXN0",
          "c2VjcmV0",
          "*",
          "MAIL FROM:<a@s.example>",
          "MAIL FROM:<>",
          "MAIL FROM:<a@s.example> SIZE=99999999999999999999 BODY=8BITMIME SMTPUTF8",
          "MAIL FROM:<a@s.example> BODY=BINARYMIME",
          "MAIL FROM:<\"a b\"@s.example> RET=HDRS ENVID=x+2By AUTH=<>",
          "MAIL FROM:<@x,@y:a@s.example>",
          "MAIL FROM: a@s.example",
          "MAIL FROM:<a@[IPv6:::1]>",
          "MAIL FROM:<unknown@s.example>",
          "MAIL FROM:<fault@s.example>",
          "RCPT TO:<alice@example.test>",
          "RCPT TO:<bob@example.test> NOTIFY=SUCCESS,DELAY ORCPT=rfc822;a",
          "RCPT TO:<bob@example.test> NOTIFY=NEVER,DELAY",
          "RCPT TO:<postmaster>",
          "RCPT TO:<drop@example.test>",
          "RCPT TO:<x@relay.example>",
          "RCPT TO:<a%b@example.test>",
          "RCPT TO:<",
          "DATA",
          "DATA x",
          ".",
          "..",
          "Subject: SPAM",
          "BDAT 0",
          "BDAT 0 LAST",
          "BDAT 12",
          "BDAT 12 LAST",
          "BDAT 99999999999999999999",
          "BDAT -1",
          "BDAT 5 FIRST",
          "RSET",
          "NOOP",
          "VRFY alice",
          "EXPN staff",
          "HELP",
          "GET / HTTP/1.1",
          "",
          " ",
          "MAIL",
          "\u00e4\ud83d\ude00");

  @Test
  void everyReplyIsWellFormedAndNothingIsLeftOpen() {
    Fuzz.of("SMTP sessions", SmtpFuzzTest::session).seeds(1, 100);
  }

  @Test
  @Tag("long")
  void theSameForAMinute() {
    Fuzz.of("SMTP sessions", SmtpFuzzTest::session)
        .seeds(System.nanoTime(), Duration.ofSeconds(60));
  }

  private static void session(Random random) {
    FakeReception reception = new FakeReception();
    SmtpProfile profile = SmtpProfile.values()[random.nextInt(SmtpProfile.values().length)];
    try (SessionPeer<SmtpState, SmtpQuestion, SmtpAnswer> peer = peer(random, profile, reception)) {
      for (int i = 0; i < 150 && !(peer.next() instanceof Next.Close); i++) {
        if (peer.next() instanceof Next.StartTls) {
          peer.startTls();
        }
        send(peer, random, pieces(random));
      }
      for (String line : peer.readLines()) {
        assertThat(line).matches("[2345][0-9][0-9][ -][\\P{Cntrl}]*");
      }
    }
    assertThat(reception.draftsOpen).hasValue(0);
    for (FakeReception.Taken mail : reception.taken) {
      assertThat(mail.envelope().recipients()).isNotEmpty();
      assertThat(mail.content()).doesNotContain("SPAM");
      boolean mayRelay = mail.client().login().isPresent();
      assertThat(mail.envelope().recipients())
          .allMatch(each -> mayRelay || each.address().domain().equals("example.test"));
    }
  }

  private static SessionPeer<SmtpState, SmtpQuestion, SmtpAnswer> peer(
      Random random, SmtpProfile profile, FakeReception reception) {
    InetSocketAddress stranger = new InetSocketAddress("192.0.2.1", 4711);
    Reaction reaction = random.nextBoolean() ? Reaction.COUNT : Reaction.IGNORE;
    SmtpSettings settings =
        new SmtpSettings(
            "mx.example.test",
            "example.test",
            "smtp",
            profile,
            random.nextBoolean(),
            PATIENT,
            new Manners(Duration.ofSeconds(1), reaction, reaction));
    Optional<TlsFacts> tls =
        random.nextBoolean()
            ? Optional.of(new TlsFacts("TLSv1.3", "TLS_AES_128_GCM_SHA256"))
            : Optional.empty();
    return new SessionPeer<>(
        new SmtpSession(settings),
        new ReceptionConversation(reception),
        new Peer(stranger, stranger, random.nextInt(4) == 0, tls));
  }

  private static void send(
      SessionPeer<SmtpState, SmtpQuestion, SmtpAnswer> peer, Random random, byte[] octets) {
    int from = 0;
    while (from < octets.length && !(peer.next() instanceof Next.Close)) {
      int to = Math.min(octets.length, from + 1 + random.nextInt(80));
      peer.send(Arrays.copyOfRange(octets, from, to));
      from = to;
    }
  }

  private static byte[] pieces(Random random) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int count = 1 + random.nextInt(6);
    for (int i = 0; i < count; i++) {
      if (random.nextInt(12) == 0) {
        byte[] noise = new byte[random.nextInt(700)];
        random.nextBytes(noise);
        out.writeBytes(noise);
      } else {
        out.writeBytes(WORDS.get(random.nextInt(WORDS.size())).getBytes(StandardCharsets.UTF_8));
      }
      String end =
          switch (random.nextInt(30)) {
            case 0 -> "\n";
            case 1 -> "\r";
            case 2 -> "\0\r\n";
            case 3 -> "";
            default -> "\r\n";
          };
      out.writeBytes(end.getBytes(StandardCharsets.US_ASCII));
    }
    return out.toByteArray();
  }
}
