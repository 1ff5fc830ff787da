package dev.postrider.protocol.line;

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
 */
public record ListenerSettings(
    String name,
    InetSocketAddress bind,
    Optional<ServerTls> tls,
    boolean implicitTls,
    ConnectionLimits limits,
    Networks trusted,
    Networks proxies) {

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
        Networks.NONE);
  }

  /** The same with TLS on request of the peer. */
  public ListenerSettings withStartTls(ServerTls with) {
    return new ListenerSettings(name, bind, Optional.of(with), false, limits, trusted, proxies);
  }

  /** The same with TLS from the first octet. */
  public ListenerSettings withImplicitTls(ServerTls with) {
    return new ListenerSettings(name, bind, Optional.of(with), true, limits, trusted, proxies);
  }

  /** The same with other limits and trusted networks. */
  public ListenerSettings withLimits(ConnectionLimits other, Networks exempt) {
    return new ListenerSettings(name, bind, tls, implicitTls, other, exempt, proxies);
  }

  /** The same behind proxies. */
  public ListenerSettings withProxies(Networks networks) {
    return new ListenerSettings(name, bind, tls, implicitTls, limits, trusted, networks);
  }
}
