package dev.postrider.mailet.authentication.spf;

import dev.postrider.plugin.service.Dns;
import dev.postrider.plugin.service.DnsAnswer;
import dev.postrider.plugin.service.MxRecord;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * Zone data of the public suite: records of type SPF stand for TXT where a name has none, TIMEOUT
 * holds for the types that a name does not have.
 */
final class SuiteZone implements Dns {

  private static final int CHAIN = 8;

  private final Map<String, Map<String, List<Object>>> names = new HashMap<>();
  private final List<String> asked = new ArrayList<>();

  SuiteZone(Map<?, ?> zonedata) {
    zonedata.forEach(
        (name, entries) -> names.put(key(name.toString()), records((List<?>) entries)));
  }

  private static Map<String, List<Object>> records(List<?> entries) {
    Map<String, List<Object>> records = new HashMap<>();
    for (Object entry : entries) {
      if (entry instanceof Map<?, ?> map) {
        map.forEach(
            (type, value) ->
                records.computeIfAbsent(type.toString(), _ -> new ArrayList<>()).add(value));
      } else {
        records.put(entry.toString(), List.of());
      }
    }
    if (!records.containsKey("TXT") && records.containsKey("SPF")) {
      records.put("TXT", records.get("SPF"));
    }
    records.getOrDefault("TXT", new ArrayList<>()).remove("NONE");
    return records;
  }

  List<String> asked() {
    return asked;
  }

  @Override
  public DnsAnswer<MxRecord> mx(String domain) {
    return answer(
        "MX",
        domain,
        value -> {
          List<?> pair = (List<?>) value;
          return new MxRecord((Integer) pair.get(0), key(pair.get(1).toString()));
        });
  }

  @Override
  public DnsAnswer<InetAddress> addresses(String host) {
    throw new UnsupportedOperationException("SPF asks for one kind of address");
  }

  @Override
  public DnsAnswer<InetAddress> ipv4(String host) {
    return answer("A", host, value -> InetAddress.ofLiteral(value.toString()));
  }

  @Override
  public DnsAnswer<InetAddress> ipv6(String host) {
    return answer("AAAA", host, value -> InetAddress.ofLiteral(value.toString()));
  }

  @Override
  public DnsAnswer<String> txt(String name) {
    return answer("TXT", name, SuiteZone::joined);
  }

  @Override
  public DnsAnswer<String> reverse(InetAddress address) {
    List<String> parts = new ArrayList<>(List.of(ClientText.dotted(address).split("\\.")));
    String arpa = address.getAddress().length == 4 ? "in-addr.arpa" : "ip6.arpa";
    return answer("PTR", String.join(".", parts.reversed()) + "." + arpa, Object::toString);
  }

  private static String joined(Object value) {
    if (!(value instanceof List<?> parts)) {
      return value.toString();
    }
    StringBuilder out = new StringBuilder();
    parts.forEach(out::append);
    return out.toString();
  }

  private <T> DnsAnswer<T> answer(String type, String name, Function<Object, T> reading) {
    asked.add(type + " " + name);
    String at = key(name);
    for (int i = 0; i < CHAIN; i++) {
      Map<String, List<Object>> records = names.get(at);
      if (records == null) {
        return new DnsAnswer.NoSuchName<>();
      }
      List<Object> found = records.getOrDefault(type, List.of());
      if (!found.isEmpty()) {
        return new DnsAnswer.Found<>(found.stream().map(reading).toList(), false);
      }
      if (records.containsKey("TIMEOUT")) {
        return new DnsAnswer.Failed<>("timeout");
      }
      if (!records.containsKey("CNAME")) {
        return new DnsAnswer.NoData<>();
      }
      at = key(records.get("CNAME").getFirst().toString());
    }
    return new DnsAnswer.Failed<>("the aliases don't end");
  }

  private static String key(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }
}
