package dev.postrider.protocol.smtp.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.kernel.outbound.Transport;
import dev.postrider.kernel.outbound.Transport.Connected;
import dev.postrider.kernel.outbound.Transport.Reply;
import dev.postrider.kernel.outbound.Transport.Transfer;
import dev.postrider.plugin.BodyType;
import dev.postrider.plugin.Content;
import dev.postrider.plugin.EmailAddress;
import dev.postrider.plugin.Envelope;
import dev.postrider.plugin.Notify;
import dev.postrider.plugin.Recipient;
import dev.postrider.plugin.ReturnContent;
import dev.postrider.plugin.ReversePath;
import dev.postrider.plugin.Route;
import dev.postrider.protocol.line.ClientTls;
import dev.postrider.protocol.line.EventLoops;
import dev.postrider.protocol.testkit.Dialogue;
import dev.postrider.protocol.testkit.ScriptedPeer;
import dev.postrider.protocol.testkit.TestCertificate;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NettySmtpTransportTest {

  private static final String HELLO =
      """
      S: 220 peer.test ready
      C: EHLO client.test
      """;
  private static final TestCertificate CERTIFICATE = TestCertificate.of("peer.test");
  private static final Recipient BOB = recipient("bob@peer.test");
  private static final Recipient CAROL = recipient("carol@peer.test");
  private static final Content MAIL = content("Subject: x\r\n\r\nbody\r\n");

  private static EventLoops loops;
  private static Transport transport;

  @BeforeAll
  static void start() throws IOException {
    loops = EventLoops.start(1);
    transport =
        new NettySmtpTransport(
            loops,
            ClientTls.opportunistic(),
            ClientTls.verified(List.of(CERTIFICATE.certificate())),
            ClientTimeouts.all(Duration.ofSeconds(5)));
  }

  @AfterAll
  static void stop() {
    loops.close();
  }

  private static Recipient recipient(String address) {
    return Recipient.of(EmailAddress.parse(address));
  }

  private static Content content(String text) {
    return Content.of(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static Envelope envelope(Recipient... recipients) {
    return Envelope.of(ReversePath.parse("alice@client.test"), List.of(recipients));
  }

  private static Transport.Host host(InetSocketAddress address) {
    return host(address, false, Optional.empty());
  }

  private static Transport.Host host(
      InetSocketAddress address, boolean requireTls, Optional<Route.Credentials> login) {
    return new Transport.Host(
        "peer.test", address, "client.test", requireTls, login, Duration.ofSeconds(5));
  }

  private static Dialogue script(String text) {
    return Dialogue.parse("peer", text);
  }

  private static Transport.Channel ready(InetSocketAddress address) {
    return ready(transport.connect(host(address)));
  }

  private static Transport.Channel ready(Connected connected) {
    assertThat(connected).isInstanceOf(Connected.Ready.class);
    return ((Connected.Ready) connected).channel();
  }

  private static Reply declined(Connected connected) {
    assertThat(connected).isInstanceOf(Connected.Declined.class);
    return ((Connected.Declined) connected).reply();
  }

  private static Reply reply(Transfer transfer, Recipient recipient) {
    return Objects.requireNonNull(transfer.replies().get(recipient), "no reply");
  }

  private static Transfer send(InetSocketAddress address, Envelope envelope) {
    try (Transport.Channel channel = ready(address)) {
      return channel.send(envelope, MAIL);
    }
  }

  @Test
  void aMailWithoutExtensionsGoesStepByStep() throws IOException {
    try (ScriptedPeer peer =
        ScriptedPeer.start(
            script(
                HELLO
                    + """
                    S: 502 what
                    C: HELO client.test
                    S: 250 peer.test
                    C: MAIL FROM:<alice@client.test>
                    S: 250 ok
                    C: RCPT TO:<bob@peer.test>
                    S: 250 ok
                    C: RCPT TO:<carol@peer.test>
                    S: 550 5.1.1 no
                    C: DATA
                    S: 354 go
                    C: Subject: x
                    C:
                    C: body
                    C: .
                    S: 250-2.0.0 one
                    S: 250 2.0.0 two
                    C: QUIT
                    S: 221 bye
                    """))) {
      Transfer transfer = send(peer.address(), envelope(BOB, CAROL));

      assertThat(transfer.broken()).isEmpty();
      assertThat(transfer.dsnOffered()).isFalse();
      assertThat(reply(transfer, BOB))
          .isEqualTo(new Reply("peer.test", 250, "2.0.0", "one two", "end of DATA"));
      assertThat(reply(transfer, CAROL))
          .isEqualTo(new Reply("peer.test", 550, "5.1.1", "no", "RCPT TO"));
      assertThat(peer.problems()).isEmpty();
    }
  }

  @Test
  void pipelinedCommandsGoInOnePiece() throws IOException {
    try (ScriptedPeer peer =
        ScriptedPeer.start(
            script(
                HELLO
                    + """
                    S: 250-peer.test
                    S: 250 PIPELINING
                    C: MAIL FROM:<alice@client.test>
                    C: RCPT TO:<bob@peer.test>
                    C: RCPT TO:<carol@peer.test>
                    C: DATA
                    S: 250 ok
                    S: 450 4.2.1 later
                    S: 250 ok
                    S: 354 go
                    C: Subject: x
                    C:
                    C: body
                    C: .
                    S: 250 taken
                    """))) {
      Transfer transfer = send(peer.address(), envelope(BOB, CAROL));

      assertThat(reply(transfer, BOB).code()).isEqualTo(450);
      assertThat(reply(transfer, CAROL).code()).isEqualTo(250);
      assertThat(peer.problems()).isEmpty();
    }
  }

  @Test
  void aPeerThatWantsDataForNobodyGetsNone() throws IOException {
    try (ScriptedPeer peer =
        ScriptedPeer.start(
            script(
                HELLO
                    + """
                    S: 250-peer.test
                    S: 250 PIPELINING
                    C: MAIL FROM:<alice@client.test>
                    C: RCPT TO:<bob@peer.test>
                    C: DATA
                    S: 250 ok
                    S: 550 no
                    S: 354 go
                    C: .
                    S: 554 nobody
                    C: MAIL FROM:<alice@client.test>
                    C: RCPT TO:<carol@peer.test>
                    C: DATA
                    S: 250 ok
                    S: 250 ok
                    S: 354 go
                    C: Subject: x
                    C:
                    C: body
                    C: .
                    S: 250 taken
                    """))) {
      try (Transport.Channel channel = ready(peer.address())) {
        assertThat(reply(channel.send(envelope(BOB), MAIL), BOB).code()).isEqualTo(550);
        assertThat(channel.reusable()).isTrue();
        assertThat(reply(channel.send(envelope(CAROL), MAIL), CAROL).code()).isEqualTo(250);
      }
      assertThat(peer.problems()).isEmpty();
    }
  }

  @Test
  void aTransactionThatDidNotEndIsResetBeforeTheNext() throws IOException {
    try (ScriptedPeer peer =
        ScriptedPeer.start(
            script(
                HELLO
                    + """
                    S: 250 peer.test
                    C: MAIL FROM:<alice@client.test>
                    S: 250 ok
                    C: RCPT TO:<bob@peer.test>
                    S: 550 no
                    C: RSET
                    S: 250 ok
                    C: MAIL FROM:<alice@client.test>
                    S: 250 ok
                    C: RCPT TO:<carol@peer.test>
                    S: 250 ok
                    C: DATA
                    S: 354 go
                    C: Subject: x
                    C:
                    C: body
                    C: .
                    S: 250 taken
                    """))) {
      try (Transport.Channel channel = ready(peer.address())) {
        channel.send(envelope(BOB), MAIL);
        assertThat(reply(channel.send(envelope(CAROL), MAIL), CAROL).code()).isEqualTo(250);
      }
      assertThat(peer.problems()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"451", "550", "421"})
  void aReplyToMailIsTheReplyForEveryRecipient(int code) throws IOException {
    for (String extension : List.of("HELP", "PIPELINING")) {
      boolean piped = extension.equals("PIPELINING");
      String rest =
          piped
              ? "C: RCPT TO:<bob@peer.test>\nC: RCPT TO:<carol@peer.test>\nC: DATA\nS: "
                  + code
                  + " no\n"
                  // After 421 nothing follows (RFC 5321 §3.8): the client may have hung up.
                  + (code == 421 ? "" : "S: 503 a\nS: 503 b\nS: 503 c\n")
              : "S: " + code + " no\n";
      try (ScriptedPeer peer =
          ScriptedPeer.start(
              script(
                  HELLO
                      + "S: 250-peer.test\nS: 250 "
                      + extension
                      + "\nC: MAIL FROM:<alice@client.test>\n"
                      + rest))) {
        Transfer transfer = send(peer.address(), envelope(BOB, CAROL));

        assertThat(transfer.replies().values()).extracting(Reply::code).containsOnly(code);
        assertThat(transfer.replies()).containsOnlyKeys(BOB, CAROL);
        assertThat(transfer.broken().isPresent()).isEqualTo(code == 421);
        assertThat(peer.problems()).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"DATA, 451", "DATA, 554", "END, 452", "END, 554", "END, 421"})
  void aRefusalOfTheContentIsTheReplyForAcceptedRecipients(String at, int code) throws IOException {
    String end =
        at.equals("DATA")
            ? "S: " + code + " no\n"
            : "S: 354 go\nC: Subject: x\nC:\nC: body\nC: .\nS: " + code + " no\n";
    try (ScriptedPeer peer =
        ScriptedPeer.start(
            script(
                HELLO
                    + """
                    S: 250 peer.test
                    C: MAIL FROM:<alice@client.test>
                    S: 250 ok
                    C: RCPT TO:<bob@peer.test>
                    S: 250 ok
                    C: DATA
                    """
                    + end))) {
      Transfer transfer = send(peer.address(), envelope(BOB));

      assertThat(reply(transfer, BOB).code()).isEqualTo(code);
      assertThat(peer.problems()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"554 no service", "421 busy", "450 wait"})
  void anUnkindGreetingDeclines(String greeting) throws IOException {
    try (ScriptedPeer peer = ScriptedPeer.start(script("S: " + greeting + "\nC: QUIT\n"))) {
      assertThat(declined(transport.connect(host(peer.address()))).code())
          .isEqualTo(Integer.parseInt(greeting.substring(0, 3)));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "S: 220 hi\n",
        "S: hello there\n",
        "S: 100 what\n",
        "S: 220-a\nS: 221 b\n",
        "S: 220 hi\nC: EHLO client.test\n",
        "S: 220 hi\nC: EHLO client.test\nS: 250-peer.test\n"
      })
  void aPeerThatBreaksOffOrTalksNonsenseAtTheStartIsUnreachable(String text) throws IOException {
    try (ScriptedPeer peer = ScriptedPeer.start(script(text))) {
      assertThat(transport.connect(host(peer.address())))
          .isInstanceOfSatisfying(
              Connected.Unreachable.class,
              unreachable -> assertThat(unreachable.reason()).contains("peer.test"));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
  void aConnectionThatBreaksLeavesRecipientsUndecided(int steps) throws IOException {
    List<String> all =
        List.of(
            "C: MAIL FROM:<alice@client.test>\n",
            "S: 250 ok\n",
            "C: RCPT TO:<bob@peer.test>\n",
            "S: 250 ok\n",
            "C: DATA\n",
            "S: 354 go\n",
            "C: Subject: x\nC:\nC: body\nC: .\n",
            "S: 250-half a reply\n");
    String text = String.join("", all.subList(0, steps + 1));
    try (ScriptedPeer peer = ScriptedPeer.start(script(HELLO + "S: 250 peer.test\n" + text))) {
      try (Transport.Channel channel = ready(peer.address())) {
        Transfer transfer = channel.send(envelope(BOB), MAIL);

        assertThat(transfer.replies()).isEmpty();
        assertThat(transfer.broken()).isPresent();
        assertThat(channel.reusable()).isFalse();
      }
    }
  }

  @Test
  void nobodyListeningIsUnreachable() throws IOException {
    InetSocketAddress free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = (InetSocketAddress) socket.getLocalSocketAddress();
    }

    assertThat(transport.connect(host(free))).isInstanceOf(Connected.Unreachable.class);
  }

  @Test
  void aSilentPeerIsGivenUp() throws IOException {
    Transport hasty =
        new NettySmtpTransport(
            loops,
            ClientTls.opportunistic(),
            ClientTls.verified(),
            ClientTimeouts.all(Duration.ofMillis(200)));
    try (ServerSocket mute = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(hasty.connect(host((InetSocketAddress) mute.getLocalSocketAddress())))
          .isInstanceOf(Connected.Unreachable.class);
    }
  }

  @Test
  void endlessLinesAndRepliesAreCutOff() throws IOException {
    try (ScriptedPeer peer = ScriptedPeer.start(script("S: 220 " + "x".repeat(5000) + "\n"))) {
      assertThat(transport.connect(host(peer.address()))).isInstanceOf(Connected.Unreachable.class);
    }
    try (ScriptedPeer peer = ScriptedPeer.start(script("S: 220-more\n".repeat(1000)))) {
      assertThat(transport.connect(host(peer.address()))).isInstanceOf(Connected.Unreachable.class);
    }
  }

  @Test
  void theTextOfAReplyIsMadeHarmless() throws IOException {
    try (ScriptedPeer peer =
        ScriptedPeer.start(script("S: 554 5.7.1 \\x1b[31mred\\0 \\xE2\\x80\\xAE end\nC: QUIT\n"))) {
      assertThat(declined(transport.connect(host(peer.address()))))
          .isEqualTo(new Reply("peer.test", 554, "5.7.1", "?[31mred? ? end", "the connection"));
    }
  }

  @Test
  void tlsIsUsedWhereOfferedAndWhatWasSaidBeforeIsForgotten() throws IOException {
    try (ScriptedPeer peer =
        ScriptedPeer.start(
            CERTIFICATE,
            script(
                HELLO
                    + """
                    S: 250-peer.test
                    S: 250-DSN
                    S: 250 STARTTLS
                    C: STARTTLS
                    S: 220 go\\r\\n250-evil.test\\r\\n250 AUTH PLAIN
                    TLS
                    C: EHLO client.test
                    S: 250 peer.test
                    C: MAIL FROM:<alice@client.test>
                    S: 250 ok
                    C: RCPT TO:<bob@peer.test>
                    S: 250 ok
                    C: DATA
                    S: 354 go
                    C: Subject: x
                    C:
                    C: body
                    C: .
                    S: 250 taken
                    """))) {
      Transfer transfer = send(peer.address(), envelope(BOB));

      assertThat(reply(transfer, BOB).code()).isEqualTo(250);
      assertThat(transfer.dsnOffered()).isFalse();
      assertThat(peer.problems()).isEmpty();
    }
  }

  private static final String BROKEN_TLS =
      HELLO
          + """
          S: 250-peer.test
          S: 250 STARTTLS
          C: STARTTLS
          S: 220 go
          S: this is no TLS at all, not even nearly
          """;

  @Test
  void whereTlsFailsMailGoesInClearOverANewConnection() throws IOException {
    try (ScriptedPeer peer =
        ScriptedPeer.start(
            script(BROKEN_TLS),
            script(
                HELLO
                    + """
                    S: 250-peer.test
                    S: 250 STARTTLS
                    C: MAIL FROM:<alice@client.test>
                    S: 550 5.7.0 in clear
                    """))) {
      assertThat(reply(send(peer.address(), envelope(BOB)), BOB).text()).isEqualTo("in clear");
    }
  }

  @Test
  void whereTlsIsRequiredNothingGoesInClear() throws IOException {
    for (String text :
        List.of(
            BROKEN_TLS,
            HELLO + "S: 250 peer.test\nC: QUIT\n",
            HELLO + "S: 250-peer.test\nS: 250 STARTTLS\nC: STARTTLS\nS: 454 no\nC: QUIT\n")) {
      try (ScriptedPeer peer = ScriptedPeer.start(script(text))) {
        Reply reply = declined(transport.connect(host(peer.address(), true, Optional.empty())));

        assertThat(reply.isPermanent()).isFalse();
        assertThat(reply.command()).isEqualTo("STARTTLS");
        assertThat(peer.heard()).noneMatch(line -> line.startsWith("MAIL"));
      }
    }
  }

  private static final Optional<Route.Credentials> LOGIN =
      Optional.of(new Route.Credentials("user", "secret"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PLAIN LOGIN | C: AUTH PLAIN AHVzZXIAc2VjcmV0",
        "LOGIN | C: AUTH LOGIN\\nS: 334 VXNlcm5hbWU6\\nC: dXNlcg==\\nS: 334 UGFzc3dvcmQ6\\nC: c2VjcmV0"
      })
  void loginsGoUnderTls(String mechanisms, String exchange) throws IOException {
    try (ScriptedPeer peer =
        ScriptedPeer.start(
            CERTIFICATE,
            script(
                HELLO
                    + "S: 250-peer.test\nS: 250 STARTTLS\nC: STARTTLS\nS: 220 go\nTLS\n"
                    + "C: EHLO client.test\nS: 250-peer.test\nS: 250 AUTH "
                    + mechanisms
                    + "\n"
                    + exchange.replace("\\n", "\n")
                    + "\nS: 235 welcome\nC: QUIT\nS: 221 bye\n"))) {
      ready(transport.connect(host(peer.address(), false, LOGIN))).close();

      assertThat(peer.problems()).isEmpty();
    }
  }

  @Test
  void aPasswordNeverGoesInClear() throws IOException {
    try (ScriptedPeer peer =
        ScriptedPeer.start(
            script(HELLO + "S: 250-peer.test\nS: 250 AUTH PLAIN LOGIN\nC: QUIT\n"))) {
      declined(transport.connect(host(peer.address(), false, LOGIN)));

      assertThat(peer.heard()).noneMatch(line -> line.startsWith("AUTH"));
    }
  }

  @Test
  void aPasswordNeverGoesToAHostWhoseCertificateNobodyVouchesFor() throws IOException {
    for (String name : List.of("peer.test", "other.test")) {
      try (ScriptedPeer peer =
          ScriptedPeer.start(
              TestCertificate.of(name),
              script(HELLO + "S: 250-peer.test\nS: 250 STARTTLS\nC: STARTTLS\nS: 220 go\nTLS\n"))) {
        Reply reply = declined(transport.connect(host(peer.address(), false, LOGIN)));

        assertThat(reply.enhanced()).isEqualTo("4.7.5");
        assertThat(peer.heard()).noneMatch(line -> line.startsWith("AUTH"));
      }
    }
  }

  @Test
  void aWrongPasswordDeclines() throws IOException {
    try (ScriptedPeer peer =
        ScriptedPeer.start(
            CERTIFICATE,
            script(
                HELLO
                    + "S: 250-peer.test\nS: 250 STARTTLS\nC: STARTTLS\nS: 220 go\nTLS\n"
                    + "C: EHLO client.test\nS: 250-peer.test\nS: 250 AUTH PLAIN\n"
                    + "C: AUTH PLAIN ...\nS: 535 5.7.8 wrong\nC: QUIT\n"))) {
      Reply reply = declined(transport.connect(host(peer.address(), false, LOGIN)));

      assertThat(reply.code()).isEqualTo(535);
      assertThat(reply.command()).startsWith("AUTH");
    }
  }

  private static Envelope rich() {
    return new Envelope(
        ReversePath.parse("alice@client.test"),
        List.of(
            new Recipient(
                EmailAddress.parse("bob@peer.test"),
                Set.of(Notify.SUCCESS, Notify.FAILURE),
                Optional.of("rfc822;b+2Bc@peer.test"))),
        Optional.of("QQ1"),
        ReturnContent.HEADERS,
        BodyType.EIGHT_BIT_MIME,
        false);
  }

  @Test
  void parametersGoWhereOffered() throws IOException {
    try (StrictSink sink = new StrictSink(false, "PIPELINING", "SIZE 1000", "8BITMIME", "DSN")) {
      assertThat(send(sink.address(), rich()).dsnOffered()).isTrue();
      assertThat(sink.commands)
          .contains(
              "MAIL FROM:<alice@client.test> SIZE=20 BODY=8BITMIME RET=HDRS ENVID=QQ1",
              "RCPT TO:<bob@peer.test> NOTIFY=SUCCESS,FAILURE ORCPT=rfc822;b+2Bc@peer.test");
    }
    try (StrictSink sink = new StrictSink(false)) {
      assertThat(send(sink.address(), rich()).dsnOffered()).isFalse();
      assertThat(sink.commands)
          .contains("MAIL FROM:<alice@client.test>", "RCPT TO:<bob@peer.test>");
    }
  }

  @Test
  void aMailBeyondTheDeclaredSizeIsNotSent() throws IOException {
    try (StrictSink sink = new StrictSink(false, "SIZE 10")) {
      Reply reply = reply(send(sink.address(), envelope(BOB)), BOB);

      assertThat(reply.code()).isEqualTo(552);
      assertThat(reply.enhanced()).isEqualTo("5.3.4");
      assertThat(sink.commands).noneMatch(line -> line.startsWith("MAIL"));
    }
  }

  @Test
  void internationalisedMailNeedsAPeerThatKnowsIt() throws IOException {
    Envelope envelope = envelope(recipient("jürgen@peer.test"));
    try (StrictSink sink = new StrictSink(false, "8BITMIME")) {
      assertThat(send(sink.address(), envelope).replies().values())
          .extracting(Reply::enhanced)
          .containsExactly("5.6.7");
    }
    try (StrictSink sink = new StrictSink(false, "8BITMIME", "SMTPUTF8")) {
      send(sink.address(), envelope);
      assertThat(sink.commands)
          .contains(
              "MAIL FROM:<alice@client.test> BODY=8BITMIME SMTPUTF8", "RCPT TO:<jürgen@peer.test>");
    }
  }

  @Test
  void aWishForSmtpUtf8WithoutNeedDoesNotKeepMailFromAnOldPeer() throws IOException {
    Envelope plain =
        new Envelope(
            ReversePath.parse("alice@client.test"),
            List.of(BOB),
            Optional.empty(),
            ReturnContent.UNSTATED,
            BodyType.SEVEN_BIT,
            true);
    try (StrictSink sink = new StrictSink(false)) {
      assertThat(reply(send(sink.address(), plain), BOB).code()).isEqualTo(250);
    }
  }

  @Test
  void binaryMailGoesInAChunkUnchangedOrNotAtAll() throws IOException {
    Envelope binary =
        new Envelope(
            ReversePath.NULL,
            List.of(BOB),
            Optional.empty(),
            ReturnContent.UNSTATED,
            BodyType.BINARY_MIME,
            false);
    byte[] octets = {'a', '\n', '.', '\r', 0, (byte) 200, '.', '\n'};
    try (StrictSink sink = new StrictSink(false, "PIPELINING", "CHUNKING", "BINARYMIME");
        Transport.Channel channel = ready(sink.address())) {
      assertThat(reply(channel.send(binary, Content.of(octets)), BOB).code()).isEqualTo(250);
      assertThat(sink.mails).containsExactly(octets);
      assertThat(sink.commands).contains("MAIL FROM:<> BODY=BINARYMIME");
    }
    try (StrictSink sink = new StrictSink(false, "CHUNKING");
        Transport.Channel channel = ready(sink.address())) {
      assertThat(reply(channel.send(binary, Content.of(octets)), BOB).enhanced())
          .isEqualTo("5.6.1");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\n.\n",
        "\r.\r",
        "\r.\n",
        "\n.\r",
        "\n.\r\n",
        "\r\n.\n",
        "\r.\r\n",
        "\r\n.\r",
        "\r\n\0.\r\n",
        "\r\n.\0\r\n",
        "\r\n.\r\r\n",
        "\r\r\n.\r\r\n",
        "\r\n.\r\n"
      })
  void noEndingInsideAMailEndsItEvenForTheLaxestPeer(String ending) throws IOException {
    String smuggled = "MAIL FROM:<evil@x.test>\r\nRCPT TO:<v@peer.test>\r\nDATA\r\nevil\r\n.\r\n";
    Content mail = content("Subject: x\r\n\r\nfirst" + ending + smuggled);
    for (boolean lax : new boolean[] {false, true}) {
      try (StrictSink sink = new StrictSink(lax, "PIPELINING")) {
        try (Transport.Channel channel = ready(sink.address())) {
          Transfer transfer = channel.send(envelope(BOB), mail);

          assertThat(reply(transfer, BOB).code()).isEqualTo(250);
          assertThat(reply(channel.send(envelope(CAROL), MAIL), CAROL).code()).isEqualTo(250);
        }
        assertThat(sink.mails).hasSize(2);
        assertThat(sink.commands).noneMatch(line -> line.contains("evil"));
      }
    }
  }

  @Test
  void dotsAndABodyWithoutLineEndArriveAsTheyWere() throws IOException {
    try (StrictSink sink = new StrictSink(false);
        Transport.Channel channel = ready(sink.address())) {
      channel.send(envelope(BOB), content("A: b\r\n\r\n.\r\n..\r\n.x\r\nend"));

      assertThat(sink.mail(0)).isEqualTo("A: b\r\n\r\n.\r\n..\r\n.x\r\nend\r\n");
    }
  }

  /** Lines of 64 octets that are never on the heap at once; fails at the given place. */
  private record LongContent(long size, long failsAt) implements Content {
    @Override
    public InputStream open(long offset) {
      return new InputStream() {
        private long at = offset;

        @Override
        public int read() throws IOException {
          byte[] one = new byte[1];
          return read(one, 0, 1) < 0 ? -1 : one[0];
        }

        @Override
        public int read(byte[] out, int from, int length) throws IOException {
          if (at >= failsAt) {
            throw new IOException("bad checksum");
          }
          int n = (int) Math.min(length, Math.min(size, failsAt) - at);
          for (int i = 0; i < n; i++, at++) {
            out[from + i] = (byte) (at % 64 == 63 ? '\n' : at % 64 == 62 ? '\r' : 'x');
          }
          return n == 0 ? -1 : n;
        }
      };
    }
  }

  @Test
  void aBigMailIsStreamed() throws IOException {
    Content big = new LongContent(5L * 1024 * 1024, Long.MAX_VALUE);
    try (StrictSink sink = new StrictSink(false, "PIPELINING");
        Transport.Channel channel = ready(sink.address())) {
      assertThat(reply(channel.send(envelope(BOB), big), BOB).code()).isEqualTo(250);
      assertThat(sink.mails.getFirst().length).isEqualTo(5 * 1024 * 1024);
    }
  }

  @Test
  void aMailThatCantBeReadIsNeverEnded() throws IOException {
    try (StrictSink sink = new StrictSink(false);
        Transport.Channel channel = ready(sink.address())) {
      Transfer transfer = channel.send(envelope(BOB), new LongContent(200_000, 100_000));

      assertThat(transfer.broken()).hasValueSatisfying(why -> assertThat(why).contains("checksum"));
      assertThat(transfer.replies()).isEmpty();
      assertThat(sink.mails).isEmpty();
    }
  }

  @Test
  void manyRecipientsGoInSeveralTransactions() throws IOException {
    Recipient[] all =
        IntStream.range(0, 250)
            .mapToObj(i -> recipient("u" + i + "@peer.test"))
            .toArray(Recipient[]::new);
    try (StrictSink sink = new StrictSink(false, "PIPELINING")) {
      assertThat(send(sink.address(), envelope(all)).replies()).hasSize(250);
      assertThat(sink.mails).hasSize(3);
    }
    try (StrictSink sink = new StrictSink(false, "LIMITS RCPTMAX=50 MAILMAX=5")) {
      try (Transport.Channel channel = ready(sink.address())) {
        assertThat(channel.send(envelope(all), MAIL).replies()).hasSize(250);
        assertThat(channel.reusable()).isFalse();
      }
      assertThat(sink.mails).hasSize(5);
    }
  }

  @Test
  void anAnswerBeforeTheEndOfTheMailDoesNotPassForItsAnswer() throws IOException {
    try (ScriptedPeer peer =
        ScriptedPeer.start(
            script(
                HELLO
                    + """
                    S: 250 peer.test
                    C: MAIL FROM:<alice@client.test>
                    S: 250 ok
                    C: RCPT TO:<bob@peer.test>
                    S: 250 ok
                    C: DATA
                    S: 250 thanks
                    """))) {
      Transfer transfer = send(peer.address(), envelope(BOB));

      assertThat(transfer.replies()).isEmpty();
      assertThat(transfer.broken()).isPresent();
    }
  }
}
