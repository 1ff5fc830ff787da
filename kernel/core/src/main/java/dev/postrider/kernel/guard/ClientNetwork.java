package dev.postrider.kernel.guard;

import dev.postrider.plugin.Network;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** Whom limits per address count: one IPv4 address, or the IPv6 /64 that one household owns. */
public final class ClientNetwork {

  private static final int V6_PREFIX = 64;

  private ClientNetwork() {}

  /** The network of a client; all addresses of one /64 give equal ones. */
  public static Network of(InetAddress client) {
    boolean v4 = client.getAddress().length == 4;
    return v4 ? new Network(client, 32) : block(client, V6_PREFIX);
  }

  /** The network of this size around an address; all addresses in it give equal ones. */
  public static Network block(InetAddress address, int prefix) {
    byte[] octets = address.getAddress();
    for (int bit = prefix; bit < octets.length * 8; bit++) {
      octets[bit / 8] &= (byte) ~(0x80 >> bit % 8);
    }
    try {
      return new Network(InetAddress.getByAddress(octets), prefix);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("as many octets as an address has are an address", e);
    }
  }
}
