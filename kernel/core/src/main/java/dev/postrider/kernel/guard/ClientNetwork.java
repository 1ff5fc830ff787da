package dev.postrider.kernel.guard;

import dev.postrider.plugin.Network;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** Whom limits per address count: one IPv4 address, or the IPv6 /64 that one household owns. */
public final class ClientNetwork {

  private static final int V6_PREFIX = 64;

  private ClientNetwork() {}

  /** The network of a client; all addresses of one /64 give equal ones. */
  public static Network of(InetAddress client) {
    byte[] octets = client.getAddress();
    if (octets.length == 4) {
      return new Network(client, 32);
    }
    Arrays.fill(octets, V6_PREFIX / 8, octets.length, (byte) 0);
    try {
      return new Network(InetAddress.getByAddress(octets), V6_PREFIX);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address of 16 octets is an address", e);
    }
  }
}
