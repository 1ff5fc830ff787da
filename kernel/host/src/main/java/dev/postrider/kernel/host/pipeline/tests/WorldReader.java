package dev.postrider.kernel.host.pipeline.tests;

import dev.postrider.kernel.host.xml.Fields;
import dev.postrider.kernel.host.xml.XmlNode;
import dev.postrider.plugin.Content;
import dev.postrider.plugin.Domains;
import dev.postrider.plugin.EmailAddress;
import dev.postrider.plugin.service.HttpAnswer;
import dev.postrider.plugin.service.MxRecord;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what a {@code <test>} says of the world: its time, local addresses, DNS and HTTP. */
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
    Map<URI, HttpAnswer> answers = new HashMap<>();
    test.children("http").forEach(each -> answer(test.into(each), answers));
    return new World(
        new StagedDns(names),
        new World.Locals(domains, addresses),
        new StagedHttp(answers),
        new StagedElsewhere(elsewhere()),
        now);
  }

  private Map<String, Optional<String>> elsewhere() {
    Map<String, Optional<String>> answers = new HashMap<>();
    for (XmlNode each : test.children("answer")) {
      try (Fields answer = test.into(each)) {
        boolean fails = answer.flag("fails", false);
        Optional<String> text = fails ? Optional.empty() : Optional.of(each.text());
        answer.required("to").ifPresent(question -> answers.put(question, text));
      }
    }
    return answers;
  }

  private static void answer(Fields http, Map<URI, HttpAnswer> answers) {
    try (http) {
      Optional<URI> url =
          http.value("url", Optional.empty(), text -> Optional.of(URI.create(text)));
      int status = http.integer("status", 200, 200, 599);
      Optional<String> failure = http.text("fails");
      Content body = Content.of(http.node().text().getBytes(StandardCharsets.UTF_8));
      if (url.isEmpty()) {
        http.problem("the answer is of no server", "add url=\"…\"");
        return;
      }
      answers.put(
          url.get(),
          failure.isPresent()
              ? new HttpAnswer.Failed(failure.get())
              : new HttpAnswer.Answered(status, List.of(), body));
    }
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
