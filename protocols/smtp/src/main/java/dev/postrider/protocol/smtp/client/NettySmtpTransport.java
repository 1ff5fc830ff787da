package dev.postrider.protocol.smtp.client;

import dev.postrider.kernel.outbound.Transport;
import dev.postrider.protocol.line.ClientTls;
import dev.postrider.protocol.line.EventLoops;

/**
 * The SMTP client on Netty's event loops. TLS is used where offered; where it fails and is not
 * required, the mail goes in clear over a new connection.
 */
public final class NettySmtpTransport implements Transport {

  private final EventLoops loops;
  private final ClientTls tls;
  private final ClientTls tlsForLogins;
  private final ClientTimeouts timeouts;

  /**
   * A client.
   *
   * @param tls usually {@link ClientTls#opportunistic()}
   * @param tlsForLogins towards hosts that get a password of ours, usually {@link
   *     ClientTls#verified()}: somebody on the way must not get it
   */
  public NettySmtpTransport(
      EventLoops loops, ClientTls tls, ClientTls tlsForLogins, ClientTimeouts timeouts) {
    this.loops = loops;
    this.tls = tls;
    this.tlsForLogins = tlsForLogins;
    this.timeouts = timeouts;
  }

  @Override
  public Connected connect(Host host) {
    boolean login = host.credentials().isPresent();
    boolean required = host.requireTls() || login;
    Greeted first = connect(host, new Handshake.Tls(login ? tlsForLogins : tls, required));
    return switch (first) {
      case Greeted.Done(Connected connected) -> connected;
      case Greeted.TlsFailed(Reply reply) ->
          required ? new Connected.Declined(reply) : inClear(host);
    };
  }

  private Connected inClear(Host host) {
    return switch (connect(host, new Handshake.Clear())) {
      case Greeted.Done(Connected connected) -> connected;
      case Greeted.TlsFailed(Reply reply) -> new Connected.Declined(reply);
    };
  }

  private Greeted connect(Host host, Handshake.Security security) {
    ClientWire wire;
    try {
      wire = ClientWire.connect(loops, host.name(), host.address(), host.connectTimeout());
    } catch (WireFault e) {
      return unreachable(host, e);
    }
    Handshake handshake = new Handshake(wire, host, timeouts);
    try {
      Greeted greeted = handshake.run(security);
      if (!(greeted instanceof Greeted.Done(Connected.Ready _))) {
        wire.quit();
      }
      return greeted;
    } catch (WireFault e) {
      wire.close();
      return unreachable(host, e);
    }
  }

  private static Greeted unreachable(Host host, WireFault fault) {
    return new Greeted.Done(
        new Connected.Unreachable(
            "%s [%s]: %s"
                .formatted(
                    host.name(),
                    host.address().getAddress().getHostAddress(),
                    fault.getMessage())));
  }
}
