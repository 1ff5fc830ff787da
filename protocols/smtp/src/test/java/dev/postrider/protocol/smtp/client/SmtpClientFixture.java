package dev.postrider.protocol.smtp.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.kernel.outbound.Transport;
import dev.postrider.kernel.outbound.Transport.Connected;
import dev.postrider.kernel.outbound.Transport.Reply;
import dev.postrider.kernel.outbound.Transport.Transfer;
import dev.postrider.plugin.Content;
import dev.postrider.plugin.EmailAddress;
import dev.postrider.plugin.Envelope;
import dev.postrider.plugin.Recipient;
import dev.postrider.plugin.ReversePath;
import dev.postrider.plugin.Route;
import dev.postrider.protocol.line.ClientTls;
import dev.postrider.protocol.line.EventLoops;
import dev.postrider.protocol.testkit.Dialogue;
import dev.postrider.protocol.testkit.TestCertificate;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A client, and what the tests say to it and read from it. */
abstract class SmtpClientFixture {

  static final String HELLO =
      """
      S: 220 peer.test ready
      C: EHLO client.test
      """;

  static final TestCertificate CERTIFICATE = TestCertificate.of("peer.test");
  static final Recipient BOB = recipient("bob@peer.test");
  static final Recipient CAROL = recipient("carol@peer.test");
  static final Content MAIL = content("Subject: x\r\n\r\nbody\r\n");
  static EventLoops loops;
  static Transport transport;

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

  static Recipient recipient(String address) {
    return Recipient.of(EmailAddress.parse(address));
  }

  static Content content(String text) {
    return Content.of(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  static Envelope envelope(Recipient... recipients) {
    return Envelope.of(ReversePath.parse("alice@client.test"), List.of(recipients));
  }

  static Transport.Host host(InetSocketAddress address) {
    return host(address, false, Optional.empty());
  }

  static Transport.Host host(
      InetSocketAddress address, boolean requireTls, Optional<Route.Credentials> login) {
    return new Transport.Host(
        "peer.test", address, "client.test", requireTls, login, Duration.ofSeconds(5));
  }

  static Dialogue script(String text) {
    return Dialogue.parse("peer", text);
  }

  static Transport.Channel ready(InetSocketAddress address) {
    return ready(transport.connect(host(address)));
  }

  static Transport.Channel ready(Connected connected) {
    assertThat(connected).isInstanceOf(Connected.Ready.class);
    return ((Connected.Ready) connected).channel();
  }

  static Reply declined(Connected connected) {
    assertThat(connected).isInstanceOf(Connected.Declined.class);
    return ((Connected.Declined) connected).reply();
  }

  static Reply reply(Transfer transfer, Recipient recipient) {
    return Objects.requireNonNull(transfer.replies().get(recipient), "no reply");
  }

  static Transfer send(InetSocketAddress address, Envelope envelope) {
    try (Transport.Channel channel = ready(address)) {
      return channel.send(envelope, MAIL);
    }
  }
}
