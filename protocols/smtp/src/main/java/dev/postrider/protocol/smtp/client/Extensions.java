package dev.postrider.protocol.smtp.client;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What a peer offers (RFC 5321 §4.1.1.1). */
record Extensions(Map<String, String> offered) {

  /** A peer that only knows HELO. */
  static final Extensions NONE = new Extensions(Map.of());

  private static final int USUAL_RECIPIENTS = 100;

  Extensions {
    offered = Map.copyOf(offered);
  }

  /** Of the lines of a reply to EHLO; the first one is the peer's name. */
  static Extensions of(List<String> lines) {
    Map<String, String> out = new HashMap<>();
    for (String line : lines.subList(1, lines.size())) {
      String bare = line.strip();
      int end = bare.indexOf(' ');
      String keyword = (end < 0 ? bare : bare.substring(0, end)).toUpperCase(Locale.ROOT);
      String value = end < 0 ? "" : bare.substring(end + 1).strip();
      if (keyword.startsWith("AUTH=")) {
        // The form of old servers.
        value = keyword.substring(5) + " " + value;
        keyword = "AUTH";
      }
      out.merge(keyword, value, (one, other) -> one + " " + other);
    }
    return new Extensions(out);
  }

  boolean has(String keyword) {
    return offered.containsKey(keyword);
  }

  Set<String> mechanisms() {
    String[] names = offered.getOrDefault("AUTH", "").toUpperCase(Locale.ROOT).split(" +");
    return Arrays.stream(names).collect(Collectors.toUnmodifiableSet());
  }

  /** The largest mail it takes; {@link Long#MAX_VALUE} where it does not say (RFC 1870 §3). */
  long sizeLimit() {
    long declared = number(offered.getOrDefault("SIZE", ""), 0);
    return declared == 0 ? Long.MAX_VALUE : declared;
  }

  /** How many recipients go into one transaction (RFC 9422). */
  int recipients() {
    return Math.clamp(limit("RCPTMAX", USUAL_RECIPIENTS), 1, USUAL_RECIPIENTS);
  }

  /** How many transactions a connection may carry (RFC 9422). */
  long mails() {
    return Math.max(1, limit("MAILMAX", Long.MAX_VALUE));
  }

  private long limit(String name, long otherwise) {
    for (String each : offered.getOrDefault("LIMITS", "").split(" +")) {
      if (each.toUpperCase(Locale.ROOT).startsWith(name + "=")) {
        return number(each.substring(name.length() + 1), otherwise);
      }
    }
    return otherwise;
  }

  private static long number(String text, long otherwise) {
    return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : otherwise;
  }
}
