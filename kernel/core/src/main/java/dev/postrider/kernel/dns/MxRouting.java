package dev.postrider.kernel.dns;

import dev.postrider.kernel.dns.Routing.Nowhere;
import dev.postrider.kernel.dns.Routing.Target;
import dev.postrider.plugin.EnhancedStatus;
import dev.postrider.plugin.Route;
import dev.postrider.plugin.Status;
import dev.postrider.plugin.service.Dns;
import dev.postrider.plugin.service.DnsAnswer;
import dev.postrider.plugin.service.MxRecord;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;

/**
 * Finds the hosts that take mail for a domain (RFC 5321 §5, RFC 7505). Thread: virtual threads;
 * blocks on name lookups.
 */
public final class MxRouting {

  private static final int MOST_HOSTS = 10;
  private static final int MOST_TARGETS = 20;

  private final Dns dns;
  private final OwnHost own;
  private final int port;
  private final boolean allowPrivate;
  private final RandomGenerator random;

  /**
   * Routing of this host.
   *
   * @param own what mail must not be sent to
   * @param port of mail exchangers
   * @param allowPrivate whether they may have addresses that are not public
   * @param random shuffles exchangers of the same preference
   */
  public MxRouting(Dns dns, OwnHost own, int port, boolean allowPrivate, RandomGenerator random) {
    this.dns = dns;
    this.own = own;
    this.port = port;
    this.allowPrivate = allowPrivate;
    this.random = random;
  }

  /** The hosts for a smart host route, or for the domain of a direct one. */
  public Routing route(Route route, String domain) {
    return switch (route) {
      case Route.SmartHost(String host, int hostPort, var _, boolean _) ->
          smartHost(host, hostPort);
      case Route.Direct _ -> domain.startsWith("[") ? literal(domain) : exchangers(domain);
    };
  }

  private Routing smartHost(String host, int hostPort) {
    Optional<InetAddress> address = address(host);
    if (address.isPresent()) {
      return hosts(host, List.of(address.get()), hostPort);
    }
    return switch (dns.addresses(host)) {
      case DnsAnswer.Found<InetAddress>(List<InetAddress> found, boolean _) ->
          hosts(host, found, hostPort);
      case DnsAnswer.NoData<InetAddress> _, DnsAnswer.NoSuchName<InetAddress> _ ->
          // An admin can mend the name while the mail waits.
          temporary("4.4.4", "The host " + host + " of the route has no address.");
      case DnsAnswer.Failed<InetAddress>(String _) -> unanswered(host);
    };
  }

  private Routing hosts(String host, List<InetAddress> addresses, int hostPort) {
    List<Target> targets = new ArrayList<>();
    for (InetAddress each : fourFirst(addresses)) {
      targets.add(new Target(host, new InetSocketAddress(each, hostPort)));
    }
    return new Routing.Hosts(targets);
  }

  private Routing literal(String domain) {
    Optional<InetAddress> address = address(domain);
    if (address.isEmpty()) {
      return permanent("5.1.3", domain + " is not an address.");
    }
    return usable(
        domain, List.of(new Exchanger(0, address.get().getHostAddress(), List.of(address.get()))));
  }

  private Routing exchangers(String domain) {
    return switch (dns.mx(domain)) {
      case DnsAnswer.Found<MxRecord>(List<MxRecord> records, boolean _) -> named(domain, records);
      case DnsAnswer.NoData<MxRecord> _ -> resolved(domain, List.of(new MxRecord(0, domain)));
      case DnsAnswer.NoSuchName<MxRecord> _ ->
          permanent("5.1.2", "The domain " + domain + " does not exist.");
      case DnsAnswer.Failed<MxRecord>(String _) -> unanswered(domain);
    };
  }

  private Routing named(String domain, List<MxRecord> records) {
    List<MxRecord> usable =
        new ArrayList<>(records.stream().filter(each -> !each.host().isEmpty()).toList());
    if (usable.isEmpty()) {
      return new Nowhere(
          new Status(
              556,
              EnhancedStatus.parse("5.1.10"),
              "The domain " + domain + " does not take mail (null MX)."));
    }
    Collections.shuffle(usable, Random.from(random));
    usable.sort(Comparator.comparingInt(MxRecord::preference));
    Optional<MxRecord> ourselves =
        usable.stream().filter(each -> each.host().equals(own.name())).findFirst();
    if (ourselves.isPresent()) {
      usable.removeIf(each -> each.preference() >= ourselves.get().preference());
      if (usable.isEmpty()) {
        return loops(domain);
      }
    }
    return resolved(domain, usable.subList(0, Math.min(usable.size(), MOST_HOSTS)));
  }

  /** A mail exchanger with its addresses. */
  private record Exchanger(int preference, String host, List<InetAddress> addresses) {}

  private Routing resolved(String domain, List<MxRecord> records) {
    List<Exchanger> exchangers = new ArrayList<>();
    Optional<String> unanswered = Optional.empty();
    for (MxRecord each : records) {
      switch (dns.addresses(each.host())) {
        case DnsAnswer.Found<InetAddress>(List<InetAddress> found, boolean _) ->
            exchangers.add(new Exchanger(each.preference(), each.host(), fourFirst(found)));
        case DnsAnswer.NoData<InetAddress> _, DnsAnswer.NoSuchName<InetAddress> _ -> {}
        case DnsAnswer.Failed<InetAddress>(String _) -> unanswered = Optional.of(each.host());
      }
    }
    if (!exchangers.isEmpty()) {
      return usable(domain, exchangers);
    }
    return unanswered
        .map(this::unanswered)
        .orElseGet(() -> permanent("5.4.4", "No mail host of " + domain + " has an address."));
  }

  private Routing usable(String domain, List<Exchanger> exchangers) {
    int ours = Integer.MAX_VALUE;
    for (Exchanger each : exchangers) {
      if (each.addresses().stream().anyMatch(this::isOwn)) {
        ours = Math.min(ours, each.preference());
      }
    }
    List<Target> targets = new ArrayList<>();
    boolean looped = false;
    for (Exchanger each : exchangers) {
      if (each.preference() >= ours) {
        looped = true;
      } else {
        each.addresses().stream()
            .filter(address -> allowPrivate || !SpecialAddresses.contains(address))
            .map(address -> new Target(each.host(), new InetSocketAddress(address, port)))
            .forEach(targets::add);
      }
    }
    if (!targets.isEmpty()) {
      return new Routing.Hosts(targets.subList(0, Math.min(targets.size(), MOST_TARGETS)));
    }
    return looped
        ? loops(domain)
        : permanent("5.4.4", "The mail hosts of " + domain + " have no public address.");
  }

  private boolean isOwn(InetAddress address) {
    return own.listensAt().test(new InetSocketAddress(address, port));
  }

  /** IPv4 first: a host without IPv6 routes then does not fail on its way to each target. */
  private static List<InetAddress> fourFirst(List<InetAddress> addresses) {
    return addresses.stream()
        .sorted(Comparator.comparing(each -> !(each instanceof Inet4Address)))
        .toList();
  }

  /** Reads {@code 192.0.2.1}, {@code [192.0.2.1]} or {@code [IPv6:2001:db8::1]}. */
  private static Optional<InetAddress> address(String text) {
    String bare =
        text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
    boolean six = bare.regionMatches(true, 0, "ipv6:", 0, 5);
    try {
      return Optional.of(InetAddress.ofLiteral(six ? bare.substring(5) : bare));
    } catch (IllegalArgumentException notAnAddress) {
      return Optional.empty();
    }
  }

  private Routing loops(String domain) {
    return permanent("5.4.6", "Mail for " + domain + " would come back to this host.");
  }

  private Routing unanswered(String name) {
    return temporary("4.4.3", "The name servers for " + name + " did not answer.");
  }

  private static Routing permanent(String enhanced, String text) {
    return new Nowhere(Status.permanent(enhanced, text));
  }

  private static Routing temporary(String enhanced, String text) {
    return new Nowhere(Status.temporary(enhanced, text));
  }
}
