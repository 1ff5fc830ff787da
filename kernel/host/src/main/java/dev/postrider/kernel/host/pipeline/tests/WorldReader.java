package dev.postrider.kernel.host.pipeline.tests;

import dev.postrider.kernel.host.xml.Fields;
import dev.postrider.kernel.host.xml.XmlNode;
import dev.postrider.plugin.Domains;
import dev.postrider.plugin.EmailAddress;
import dev.postrider.plugin.service.MxRecord;
import java.net.InetAddress;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what a {@code <test>} says of the world: its time, {@code <local>} and {@code <dns>}. */
final class WorldReader {

  private final Fields test;

  WorldReader(Fields test) {
    this.test = test;
  }

  World read() {
    Instant now = test.value("at", World.NOW, WorldReader::time);
    Map<String, StagedDns.Records> names = new HashMap<>();
    test.children("dns").forEach(each -> name(test.into(each), names));
    Set<String> domains = new HashSet<>();
    Set<EmailAddress> addresses = new HashSet<>();
    for (XmlNode local : test.children("local")) {
      try (Fields element = test.into(local)) {
        element.content(text -> local(text, domains, addresses));
      }
    }
    return new World(new StagedDns(names), new World.Locals(domains, addresses), now);
  }

  private static Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("'" + text + "' is not a time like " + World.NOW, e);
    }
  }

  private static boolean local(String text, Set<String> domains, Set<EmailAddress> addresses) {
    return text.contains("@")
        ? addresses.add(EmailAddress.parse(text))
        : domains.add(Domains.normalise(text));
  }

  private static void name(Fields dns, Map<String, StagedDns.Records> names) {
    try (dns) {
      String key = StagedDns.key(dns.required("name").orElse(""));
      StagedDns.Records before = names.getOrDefault(key, StagedDns.Records.NONE);
      Optional<String> failure = dns.text("fails");
      names.put(
          key,
          new StagedDns.Records(
              joined(before.mx(), dns.list("mx", List.of(), WorldReader::mx)),
              joined(before.addresses(), dns.list("address", List.of(), InetAddress::ofLiteral)),
              joined(before.txt(), dns.text("txt").stream().toList()),
              joined(before.reverse(), dns.list("ptr", List.of(), StagedDns::key)),
              failure.or(before::failure)));
    }
  }

  private static MxRecord mx(String text) {
    String[] parts = text.split("\\s+", 2);
    try {
      if (parts.length == 2) {
        return new MxRecord(Integer.parseInt(parts[0]), StagedDns.key(parts[1]));
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + text + "' begins with no preference", e);
    }
    throw new IllegalArgumentException("'" + text + "' is not like '10 mail.example.org'");
  }

  private static <T> List<T> joined(List<T> some, List<T> more) {
    List<T> all = new ArrayList<>(some);
    all.addAll(more);
    return List.copyOf(all);
  }
}
