package dev.postrider.kernel.host.http;

import dev.postrider.kernel.dns.SpecialAddresses;
import dev.postrider.plugin.Network;
import dev.postrider.plugin.service.Dns;
import dev.postrider.plugin.service.DnsAnswer;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;

/**
 * Finds the addresses of a host and checks each: one special address among them spoils all, so that
 * a name can't lead inside by having two addresses, or by another answer to a second lookup.
 *
 * @param dns where names are looked up
 * @param allowed networks that may be reached though they are special
 */
record AddressGuard(Dns dns, List<Network> allowed) {

  /** Copies the list. */
  AddressGuard {
    allowed = List.copyOf(allowed);
  }

  /**
   * Where to connect to, at least one address.
   *
   * @param host of a URI; an IPv6 literal with or without its brackets
   * @throws IOException with a reason for a person
   */
  List<InetAddress> addresses(String host) throws IOException {
    List<InetAddress> found = find(host);
    for (InetAddress address : found) {
      if (SpecialAddresses.contains(address) && !isAllowed(address)) {
        throw new IOException(
            "its address "
                + address.getHostAddress()
                + " is not one of the public Internet; allow-private of <http> in"
                + " conf/postrider.xml allows networks");
      }
    }
    return found;
  }

  private boolean isAllowed(InetAddress address) {
    return allowed.stream().anyMatch(network -> network.contains(address));
  }

  private List<InetAddress> find(String host) throws IOException {
    if (isLiteral(host)) {
      return List.of(InetAddress.ofLiteral(host));
    }
    return switch (dns.addresses(host)) {
      case DnsAnswer.Found<InetAddress>(var records, boolean _) -> records;
      case DnsAnswer.NoData<InetAddress> _ -> throw new IOException("its name has no address");
      case DnsAnswer.NoSuchName<InetAddress> _ -> throw new IOException("its name does not exist");
      case DnsAnswer.Failed<InetAddress>(var reason) ->
          throw new IOException("its name can't be looked up: " + reason);
    };
  }

  /** Whether a host is an address rather than a name. */
  static boolean isLiteral(String host) {
    try {
      return InetAddress.ofLiteral(host).getAddress().length > 0;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
