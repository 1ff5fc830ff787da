package dev.postrider.plugin.testkit;

import dev.postrider.plugin.service.Dns;
import dev.postrider.plugin.service.DnsAnswer;
import dev.postrider.plugin.service.MxRecord;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Name service in memory. A name that has some record exists: other types of it answer NoData;
 * unknown names answer NoSuchName; names marked as failing answer Failed. Every lookup is recorded
 * as {@code "MX example.org"}; {@code ADDRESS} stands for both kinds of addresses at once, {@code
 * A} and {@code AAAA} for one. Thread-safe; names in any case, with or without trailing dot.
 */
public final class InMemoryDns implements Dns {

  private static final int CNAME_LIMIT = 8;

  private final Set<String> names = ConcurrentHashMap.newKeySet();
  private final Set<String> signed = ConcurrentHashMap.newKeySet();
  private final Map<String, String> failures = new ConcurrentHashMap<>();
  private final Map<String, String> aliases = new ConcurrentHashMap<>();
  private final Map<String, List<Object>> records = new ConcurrentHashMap<>();
  private final List<String> queries = new CopyOnWriteArrayList<>();

  /** Adds a mail exchanger. */
  public InMemoryDns withMx(String domain, int preference, String host) {
    return with("MX", domain, new MxRecord(preference, name(host)));
  }

  /** Says that the domain takes no mail (RFC 7505). */
  public InMemoryDns withNullMx(String domain) {
    return with("MX", domain, new MxRecord(0, ""));
  }

  /** Adds IPv4 or IPv6 addresses. */
  public InMemoryDns withAddress(String host, String... ipAddresses) {
    for (String each : ipAddresses) {
      with("ADDRESS", host, InetAddress.ofLiteral(each));
    }
    return this;
  }

  /** Adds a TXT record. */
  public InMemoryDns withTxt(String name, String text) {
    return with("TXT", name, text);
  }

  /** Adds a PTR record. */
  public InMemoryDns withReverse(String ipAddress, String host) {
    return with("PTR", InetAddress.ofLiteral(ipAddress).getHostAddress(), name(host));
  }

  /** Makes the name an alias (CNAME) of another. */
  public InMemoryDns withAlias(String name, String target) {
    names.add(name(name));
    aliases.put(name(name), name(target));
    return this;
  }

  /** Makes the name exist without records. */
  public InMemoryDns withName(String name) {
    names.add(name(name));
    return this;
  }

  /** Makes every lookup of the name (or IP address) fail, as SERVFAIL and timeouts do. */
  public InMemoryDns failing(String name, String reason) {
    failures.put(name(name), reason);
    return this;
  }

  /** Ends the failure of a name. */
  public InMemoryDns recovered(String name) {
    failures.remove(name(name));
    return this;
  }

  /** Forgets all records of a name: it does not exist any more. */
  public InMemoryDns without(String name) {
    String bare = name(name);
    names.remove(bare);
    aliases.remove(bare);
    records.keySet().removeIf(key -> key.endsWith(" " + bare));
    return this;
  }

  /** Marks the answers for a name as validated with DNSSEC. */
  public InMemoryDns signed(String name) {
    signed.add(name(name));
    return this;
  }

  /** All lookups so far, such as {@code "MX example.org"}. */
  public List<String> queries() {
    return List.copyOf(queries);
  }

  /** How often this was looked up: {@code count("MX", "example.org")}. */
  public int count(String type, String name) {
    String query = type + " " + name(name);
    return (int) queries.stream().filter(query::equals).count();
  }

  @Override
  public DnsAnswer<MxRecord> mx(String domain) {
    return answer("MX", domain, MxRecord.class);
  }

  @Override
  public DnsAnswer<InetAddress> addresses(String host) {
    return answer("ADDRESS", host, InetAddress.class);
  }

  @Override
  public DnsAnswer<InetAddress> ipv4(String host) {
    return answer("A", host, Inet4Address.class);
  }

  @Override
  public DnsAnswer<InetAddress> ipv6(String host) {
    return answer("AAAA", host, Inet6Address.class);
  }

  @Override
  public DnsAnswer<String> txt(String name) {
    return answer("TXT", name, String.class);
  }

  @Override
  public DnsAnswer<String> reverse(InetAddress address) {
    return answer("PTR", address.getHostAddress(), String.class);
  }

  private InMemoryDns with(String type, String name, Object record) {
    names.add(name(name));
    records.computeIfAbsent(type + " " + name(name), _ -> new CopyOnWriteArrayList<>()).add(record);
    return this;
  }

  private <T> DnsAnswer<T> answer(String type, String name, Class<? extends T> kind) {
    String asked = name(name);
    queries.add(type + " " + asked);
    String at = asked;
    boolean authenticated = true;
    for (int i = 0; i <= CNAME_LIMIT; i++) {
      String failure = failures.get(at);
      if (failure != null) {
        return new DnsAnswer.Failed<>(failure);
      }
      authenticated &= signed.contains(at);
      String target = aliases.get(at);
      if (target == null) {
        return found(type, at, kind, authenticated);
      }
      at = target;
    }
    return new DnsAnswer.Failed<>("the aliases of " + asked + " don't end");
  }

  private <T> DnsAnswer<T> found(
      String type, String name, Class<? extends T> kind, boolean authenticated) {
    String kept = type.equals("A") || type.equals("AAAA") ? "ADDRESS" : type;
    List<T> found = new ArrayList<>();
    for (Object each : records.getOrDefault(kept + " " + name, List.of())) {
      if (kind.isInstance(each)) {
        found.add(kind.cast(each));
      }
    }
    if (!found.isEmpty()) {
      return new DnsAnswer.Found<>(found, authenticated);
    }
    return names.contains(name) ? new DnsAnswer.NoData<>() : new DnsAnswer.NoSuchName<>();
  }

  private static String name(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }
}
