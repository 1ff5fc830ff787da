package dev.postrider.kernel.pipeline;

import dev.postrider.plugin.HeaderField;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What differs between two mails, one line each, for the trace. */
final class MailChanges {
  private MailChanges() {}

  @SuppressWarnings("ReferenceEquality") // contents have no other equality
  static List<String> between(Mail before, Mail after) {
    List<String> out = new ArrayList<>();
    if (!before.sender().equals(after.sender())) {
      out.add("sender: <%s> becomes <%s>".formatted(before.sender(), after.sender()));
    }
    if (!before.recipients().equals(after.recipients())) {
      out.add("recipients: now " + Trace.names(after.recipients()));
    }
    if (before.message() != after.message()) {
      fields(before, after, out);
      if (before.message().source() != after.message().source()) {
        out.add("body: another one, %d octets in all".formatted(after.message().size()));
      }
    }
    attributes(before.attributes(), after.attributes(), out);
    return out;
  }

  private static void fields(Mail before, Mail after, List<String> out) {
    Map<HeaderField, Integer> counts = new HashMap<>();
    before.message().headers().fields().forEach(field -> counts.merge(field, 1, Integer::sum));
    List<String> added = new ArrayList<>();
    for (HeaderField field : after.message().headers().fields()) {
      if (counts.getOrDefault(field, 0) > 0) {
        counts.merge(field, -1, Integer::sum);
      } else {
        added.add("+ " + shown(field));
      }
    }
    for (HeaderField field : before.message().headers().fields()) {
      if (counts.getOrDefault(field, 0) > 0) {
        counts.merge(field, -1, Integer::sum);
        out.add("- " + shown(field));
      }
    }
    out.addAll(added);
  }

  private static String shown(HeaderField field) {
    return field.name() + field.toString().substring(field.name().length());
  }

  private static void attributes(
      Map<String, String> before, Map<String, String> after, List<String> out) {
    new TreeMap<>(after)
        .forEach(
            (name, value) -> {
              if (!value.equals(before.get(name))) {
                out.add("attribute " + name + ": " + Text.shown(value));
              }
            });
    before.keySet().stream()
        .filter(name -> !after.containsKey(name))
        .sorted()
        .forEach(name -> out.add("attribute " + name + " is gone"));
  }
}
