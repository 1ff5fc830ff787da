package dev.postrider.protocol.line;

import dev.postrider.plugin.Network;
import java.net.InetSocketAddress;

/** Address literals as a PROXY header writes them. */
final class Addresses {
  private Addresses() {}

  static InetSocketAddress of(String literal, int port) {
    return new InetSocketAddress(Network.parse(literal).base(), port);
  }
}
