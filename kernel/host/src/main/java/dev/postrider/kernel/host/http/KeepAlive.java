package dev.postrider.kernel.host.http;

import dev.postrider.plugin.service.HttpField;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What an answer says about the connection that it came over (RFC 9112 §9.3). */
final class KeepAlive {

  // Shorter than what servers have that do not say it, so that a request seldom meets their end.
  private static final Duration UNSAID = Duration.ofSeconds(2);
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private KeepAlive() {}

  /** How long the connection may wait for another request; zero where not at all. */
  static Duration of(List<HttpField> fields) {
    if (tokens(fields, "Connection").anyMatch(token -> !token.equals("keep-alive"))) {
      return Duration.ZERO;
    }
    return tokens(fields, "Keep-Alive")
        .filter(token -> token.startsWith("timeout="))
        .map(token -> seconds(token.substring(8).strip()))
        .findFirst()
        .orElse(UNSAID);
  }

  // A second less than the server waits.
  private static Duration seconds(String text) {
    boolean digits =
        !text.isEmpty() && text.length() <= 6 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    int seconds = digits ? Integer.parseInt(text) - 1 : 0;
    return Duration.ofSeconds(Math.clamp(seconds, 0, LONGEST.toSeconds()));
  }

  private static Stream<String> tokens(List<HttpField> fields, String name) {
    return fields.stream()
        .filter(field -> field.is(name))
        .flatMap(field -> Stream.of(field.value().toLowerCase(Locale.ROOT).split(",", -1)))
        .map(String::strip);
  }
}
