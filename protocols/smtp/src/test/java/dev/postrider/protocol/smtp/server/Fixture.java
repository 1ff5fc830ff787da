package dev.postrider.protocol.smtp.server;

import dev.postrider.protocol.line.ConnectionLimits;
import dev.postrider.protocol.line.Peer;
import dev.postrider.protocol.line.TlsFacts;
import dev.postrider.protocol.testkit.SessionPeer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Sessions without a socket. */
final class Fixture {
  static final SmtpLimits SMALL =
      new SmtpLimits(
          ConnectionLimits.DEFAULT, 65_536, 100, 5, 300, 10, 50, 512, Duration.ofMinutes(5), 1000);

  private Fixture() {}

  static SmtpSettings settings(SmtpProfile profile, SmtpLimits limits) {
    return new SmtpSettings(
        "mx.example.test", "example.test", "smtp", profile, true, limits, Manners.DEFAULT);
  }

  static Peer peer(boolean tls) {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 4711);
    return new Peer(
        address,
        address,
        true,
        tls ? Optional.of(new TlsFacts("TLSv1.3", "TLS_AES_128_GCM_SHA256")) : Optional.empty());
  }

  static SessionPeer<SmtpState, SmtpQuestion, SmtpAnswer> session(
      SmtpSettings settings, FakeReception reception, boolean tls) {
    return new SessionPeer<>(
        new SmtpSession(settings), new ReceptionConversation(reception), peer(tls));
  }

  /** Sends text and returns the reply lines it caused. */
  static List<String> say(SessionPeer<SmtpState, SmtpQuestion, SmtpAnswer> peer, String text) {
    peer.send(text.getBytes(StandardCharsets.UTF_8));
    return peer.readLines();
  }
}
