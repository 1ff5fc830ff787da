package dev.postrider.protocol.line;

import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * The other side of an accepted connection. Behind a configured proxy, {@code remote} and {@code
 * local} are what the PROXY header says.
 *
 * @param trusted the remote address lies in a network whose connections are not counted
 * @param tls present once the connection is encrypted
 */
public record Peer(
    InetSocketAddress remote, InetSocketAddress local, boolean trusted, Optional<TlsFacts> tls) {

  /** The same peer after a handshake. */
  public Peer secured(TlsFacts facts) {
    return new Peer(remote, local, trusted, Optional.of(facts));
  }
}
