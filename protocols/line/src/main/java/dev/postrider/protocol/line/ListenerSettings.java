package dev.postrider.protocol.line;

import dev.postrider.kernel.guard.Gate;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * Where and how a service is reached.
 *
 * @param name for logs and the list of listeners
 * @param bind address and port; port 0 takes any free one
 * @param tls what to encrypt with; empty means no TLS at all
 * @param implicitTls the handshake comes first, before any greeting; needs {@code tls}
 * @param limits connections at once, counted for this listener
 * @param trusted networks whose connections are not counted per address
 * @param proxies networks whose connections start with a PROXY header, and must
 * @param gate asked about each connection that the limits allow
 */
public record ListenerSettings(
    String name,
    InetSocketAddress bind,
    Optional<ServerTls> tls,
    boolean implicitTls,
    ConnectionLimits limits,
    Networks trusted,
    Networks proxies,
    Gate gate) {

  /** Refuses implicit TLS without TLS. */
  public ListenerSettings {
    if (implicitTls && tls.isEmpty()) {
      throw new IllegalArgumentException(
          "listener " + name + " is to start with TLS but has no certificate");
    }
  }

  /** Default limits, loopback trusted, no proxies, no TLS. */
  public static ListenerSettings plain(String name, InetSocketAddress bind) {
    return new ListenerSettings(
        name,
        bind,
        Optional.empty(),
        false,
        ConnectionLimits.DEFAULT,
        Networks.LOOPBACK,
        Networks.NONE,
        Gate.WIDE_OPEN);
  }

  /** The same with TLS on request of the peer. */
  public ListenerSettings withStartTls(ServerTls with) {
    return new ListenerSettings(
        name, bind, Optional.of(with), false, limits, trusted, proxies, gate);
  }

  /** The same with TLS from the first octet. */
  public ListenerSettings withImplicitTls(ServerTls with) {
    return new ListenerSettings(
        name, bind, Optional.of(with), true, limits, trusted, proxies, gate);
  }

  /** The same with other limits and trusted networks. */
  public ListenerSettings withLimits(ConnectionLimits other, Networks exempt) {
    return new ListenerSettings(name, bind, tls, implicitTls, other, exempt, proxies, gate);
  }

  /** The same behind proxies. */
  public ListenerSettings withProxies(Networks networks) {
    return new ListenerSettings(name, bind, tls, implicitTls, limits, trusted, networks, gate);
  }

  /** The same with somebody else to ask about connections. */
  public ListenerSettings withGate(Gate other) {
    return new ListenerSettings(name, bind, tls, implicitTls, limits, trusted, proxies, other);
  }
}
