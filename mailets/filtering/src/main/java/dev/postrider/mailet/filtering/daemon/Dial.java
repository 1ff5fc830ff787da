package dev.postrider.mailet.filtering.daemon;

import dev.postrider.plugin.service.Dns;
import dev.postrider.plugin.service.DnsAnswer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Connects to a daemon.
 *
 * @param address where it listens
 * @param dns finds its host
 * @param patience for each of its addresses
 */
public record Dial(DaemonAddress address, Dns dns, Duration patience) {

  /** Checks the time. */
  public Dial {
    if (!patience.isPositive()) {
      throw new IllegalArgumentException("the time to connect is more than nothing");
    }
  }

  /**
   * A connection, to the first of its addresses that takes one.
   *
   * @param deadline is told of each attempt, so that it can end it
   * @throws IOException with a reason for a person
   */
  public SocketChannel connect(Deadline deadline) throws IOException {
    IOException last = new DaemonFault("its name has no address");
    for (SocketAddress target : targets()) {
      SocketChannel channel = channel(target);
      deadline.watch(channel);
      // An alarm of its own, so that an address that does not answer leaves the others a chance.
      Alarm alarm = new Alarm(patience, () -> Deadline.hangUp(channel));
      try (alarm) {
        alarm.start();
        channel.connect(target);
        return channel;
      } catch (IOException e) {
        channel.close();
        last = new DaemonFault(alarm.rang() ? "it can't be reached in time" : "" + e, e);
      }
      if (deadline.passed() || Thread.currentThread().isInterrupted()) {
        break;
      }
    }
    throw last;
  }

  private List<SocketAddress> targets() throws DaemonFault {
    return switch (address) {
      case DaemonAddress.Unix(var path) -> List.of(UnixDomainSocketAddress.of(path));
      case DaemonAddress.Inet(var host, var port) -> {
        List<SocketAddress> targets = new ArrayList<>();
        for (InetAddress each : addresses(host)) {
          targets.add(new InetSocketAddress(each, port));
        }
        yield targets;
      }
    };
  }

  private List<InetAddress> addresses(String host) throws DaemonFault {
    try {
      return List.of(InetAddress.ofLiteral(host));
    } catch (IllegalArgumentException e) {
      return switch (dns.addresses(host)) {
        case DnsAnswer.Found<InetAddress>(var records, boolean _) -> records;
        case DnsAnswer.Failed<InetAddress>(var reason) ->
            throw new DaemonFault("its name can't be looked up: " + reason, e);
        case DnsAnswer.NoData<InetAddress> _, DnsAnswer.NoSuchName<InetAddress> _ ->
            throw new DaemonFault("its name has no address", e);
      };
    }
  }

  private static SocketChannel channel(SocketAddress target) throws IOException {
    return target instanceof UnixDomainSocketAddress
        ? SocketChannel.open(StandardProtocolFamily.UNIX)
        : SocketChannel.open();
  }
}
