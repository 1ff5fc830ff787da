package dev.postrider.kernel.dns;

import dev.postrider.plugin.Network;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Addresses that no host of the public Internet has (RFC 6890 and its successors). */
public final class SpecialAddresses {

  private static final List<Network> SPECIAL =
      Stream.of(
              "0.0.0.0/8",
              "10.0.0.0/8",
              "100.64.0.0/10",
              "127.0.0.0/8",
              "169.254.0.0/16",
              "172.16.0.0/12",
              "192.0.0.0/24",
              "192.168.0.0/16",
              "198.18.0.0/15",
              "224.0.0.0/3",
              "::/96",
              "100::/64",
              "fc00::/7",
              "fe80::/9",
              "ff00::/8")
          .map(Network::parse)
          .toList();

  private static final Network NAT64 = Network.parse("64:ff9b::/96");
  private static final Network SIX_TO_FOUR = Network.parse("2002::/16");

  private SpecialAddresses() {}

  /**
   * Whether mail to strangers must not go there: loopback, private, link-local, multicast or
   * reserved; also where such an IPv4 address is wrapped into an IPv6 one.
   */
  public static boolean contains(InetAddress address) {
    if (SPECIAL.stream().anyMatch(network -> network.contains(address))) {
      return true;
    }
    byte[] octets = address.getAddress();
    if (NAT64.contains(address)) {
      return contains(four(octets, 12));
    }
    return SIX_TO_FOUR.contains(address) && contains(four(octets, 2));
  }

  private static InetAddress four(byte[] octets, int from) {
    byte[] four = Arrays.copyOfRange(octets, from, from + 4);
    return InetAddress.ofLiteral(
        "%d.%d.%d.%d".formatted(four[0] & 0xff, four[1] & 0xff, four[2] & 0xff, four[3] & 0xff));
  }
}
