package dev.postrider.mailet.filtering.milter;

import dev.postrider.plugin.service.Dns;
import dev.postrider.plugin.service.DnsAnswer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * Connects to a milter.
 *
 * @param address where it listens
 * @param dns finds its host
 */
record Dial(MilterAddress address, Dns dns) {

  /** Where to connect to, in this order; at least one. */
  List<SocketAddress> targets() throws MilterFault {
    return switch (address) {
      case MilterAddress.Unix(var path) -> List.of(UnixDomainSocketAddress.of(path));
      case MilterAddress.Inet(var host, var port) -> {
        List<SocketAddress> targets = new ArrayList<>();
        for (InetAddress each : addresses(host)) {
          targets.add(new InetSocketAddress(each, port));
        }
        yield targets;
      }
    };
  }

  private List<InetAddress> addresses(String host) throws MilterFault {
    try {
      return List.of(InetAddress.ofLiteral(host));
    } catch (IllegalArgumentException e) {
      return switch (dns.addresses(host)) {
        case DnsAnswer.Found<InetAddress>(var records, boolean _) -> records;
        case DnsAnswer.Failed<InetAddress>(var reason) ->
            throw new MilterFault("its name can't be looked up: " + reason, e);
        case DnsAnswer.NoData<InetAddress> _, DnsAnswer.NoSuchName<InetAddress> _ ->
            throw new MilterFault("its name has no address", e);
      };
    }
  }

  /** A channel that can be connected to a target. */
  static SocketChannel channel(SocketAddress target) throws IOException {
    return target instanceof UnixDomainSocketAddress
        ? SocketChannel.open(StandardProtocolFamily.UNIX)
        : SocketChannel.open();
  }
}
