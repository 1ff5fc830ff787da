package dev.postrider.kernel.pipeline;

import dev.postrider.plugin.HeaderField;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What differs between two mails, one line each, for the trace. */
final class MailChanges {
  private static final int LINES = 50;
  private static final int LINE = 320;
  private static final int PIECE = 80;

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
                news(before.getOrDefault(name, ""), value)
                    .limit(LINES)
                    .forEach(line -> out.add("attribute " + name + ": " + shown(line)));
              }
            });
    before.keySet().stream()
        .filter(name -> !after.containsKey(name))
        .sorted()
        .forEach(name -> out.add("attribute " + name + " is gone"));
  }

  // To a list of results, one per line, each check adds its own.
  private static Stream<String> news(String before, String after) {
    boolean longer = !before.isEmpty() && after.startsWith(before + "\n");
    String news = longer ? after.substring(before.length() + 1) : after;
    return news.isEmpty() ? Stream.of("") : news.lines();
  }

  private static String shown(String line) {
    StringBuilder out = new StringBuilder();
    for (int at = 0; at < line.length() && at < LINE; at += PIECE) {
      out.append(Text.shown(line.substring(at, Math.min(line.length(), at + PIECE))));
    }
    return line.length() > LINE ? out.append('…').toString() : out.toString();
  }
}
