package dev.postrider.mailet.authentication.spf;

import dev.postrider.plugin.Network;
import dev.postrider.plugin.service.Dns;
import dev.postrider.plugin.service.DnsAnswer;
import dev.postrider.plugin.service.MxRecord;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What one check asks the DNS, and how much of it (RFC 7208 §4.6.4). Thread: one. */
final class SpfLookups {

  private static final int TERMS = 10;
  private static final int VOID = 2;
  private static final int EXCHANGERS = 10;
  private static final int NAMES = 10;

  private final Dns dns;
  private final InstantSource clock;
  private final Instant end;
  private final InetAddress client;
  private int terms;
  private int empty;
  private boolean nameless;
  private @Nullable List<String> validated;

  SpfLookups(Dns dns, InstantSource clock, Duration limit, InetAddress client) {
    this.dns = dns;
    this.clock = clock;
    this.end = clock.instant().plus(limit);
    this.client = client;
  }

  /** One more term that asks. */
  void countTerm() throws SpfStop {
    if (++terms > TERMS) {
      throw new SpfStop(SpfResult.PERMERROR, "more than " + TERMS + " terms ask the DNS");
    }
  }

  DnsAnswer<String> txt(String domain) throws SpfStop {
    return inTime().txt(domain);
  }

  /** The texts at a name, none whatever goes wrong. */
  List<String> explanation(String name) {
    return isOver() ? List.of() : dns.txt(name).records();
  }

  boolean isAddressOf(String name, int bits4, int bits6) throws SpfStop {
    return contain(counted(family(inTime(), name)), bits4, bits6);
  }

  boolean isExchangerOf(String domain, int bits4, int bits6) throws SpfStop {
    List<MxRecord> all = counted(inTime().mx(domain));
    if (all.size() > EXCHANGERS) {
      throw new SpfStop(
          SpfResult.PERMERROR, domain + " has more than " + EXCHANGERS + " mail exchangers");
    }
    for (MxRecord each : all) {
      if (!each.host().isEmpty() && isAddressOf(each.host(), bits4, bits6)) {
        return true;
      }
    }
    return false;
  }

  boolean exists(String name) throws SpfStop {
    return !counted(inTime().ipv4(name)).isEmpty();
  }

  boolean isNamedUnder(String domain) throws SpfStop {
    boolean first = validated == null;
    List<String> names = validatedNames();
    if (first && nameless) {
      countVoid();
    }
    return names.stream().anyMatch(name -> isUnder(name, domain));
  }

  /** The name of the client that fits a domain best; {@code unknown} where it has none (§7.3). */
  String validatedName(String domain) {
    List<String> names = validatedNames();
    Optional<String> same = names.stream().filter(domain::equalsIgnoreCase).findFirst();
    return same.or(() -> names.stream().filter(name -> isUnder(name, domain)).findFirst())
        .or(() -> names.stream().findFirst())
        .orElse("unknown");
  }

  private static boolean isUnder(String name, String domain) {
    String lower = name.toLowerCase(Locale.ROOT);
    String above = domain.toLowerCase(Locale.ROOT);
    return lower.equals(above) || lower.endsWith("." + above);
  }

  // Whoever has the address chooses these names: what is wrong with them is no error of the policy,
  // and that they have no address is not counted, else it could make a fail an error.
  private List<String> validatedNames() {
    if (validated == null) {
      List<String> names = new ArrayList<>();
      List<String> all = isOver() ? List.of() : reverse();
      for (String name : all.subList(0, Math.min(all.size(), NAMES))) {
        if (!isOver() && family(dns, name).records().contains(client)) {
          names.add(name);
        }
      }
      validated = List.copyOf(names);
    }
    return validated;
  }

  private List<String> reverse() {
    DnsAnswer<String> answer = dns.reverse(client);
    nameless =
        switch (answer) {
          case DnsAnswer.Found<String> _, DnsAnswer.Failed<String> _ -> false;
          case DnsAnswer.NoData<String> _, DnsAnswer.NoSuchName<String> _ -> true;
        };
    return answer.records();
  }

  private DnsAnswer<InetAddress> family(Dns from, String name) {
    return client.getAddress().length == 4 ? from.ipv4(name) : from.ipv6(name);
  }

  private boolean contain(List<InetAddress> addresses, int bits4, int bits6) {
    int bits = client.getAddress().length == 4 ? bits4 : bits6;
    return addresses.stream().anyMatch(each -> new Network(each, bits).contains(client));
  }

  private <T> List<T> counted(DnsAnswer<T> answer) throws SpfStop {
    return switch (answer) {
      case DnsAnswer.Found<T>(var records, var _) -> records;
      case DnsAnswer.NoData<T> _, DnsAnswer.NoSuchName<T> _ -> {
        countVoid();
        yield List.of();
      }
      case DnsAnswer.Failed<T>(var reason) -> throw new SpfStop(SpfResult.TEMPERROR, reason);
    };
  }

  private void countVoid() throws SpfStop {
    if (++empty > VOID) {
      throw new SpfStop(
          SpfResult.PERMERROR, "more than " + VOID + " lookups of the policy find nothing");
    }
  }

  private Dns inTime() throws SpfStop {
    if (isOver()) {
      throw new SpfStop(SpfResult.TEMPERROR, "the lookups of the policy take too long");
    }
    return dns;
  }

  private boolean isOver() {
    return !clock.instant().isBefore(end);
  }
}
