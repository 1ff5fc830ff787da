package dev.postrider.mailet.authentication.results;

import java.util.Locale;

/** The names of methods, results and properties (RFC 8601 §2.2: Keyword of RFC 5321 §4.1.2). */
final class Keyword {

  private static final int LONGEST = 64;

  private Keyword() {}

  /** Whether it is letters, digits, hyphens and underscores. */
  static boolean is(String text) {
    return !text.isEmpty()
        && text.length() <= LONGEST
        && text.chars().allMatch(c -> isCharacter((char) c));
  }

  static boolean isCharacter(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '_';
  }

  /** The keyword in lower case. */
  static String of(String text) {
    if (!is(text)) {
      throw new IllegalArgumentException("'" + Printable.text(text, LONGEST) + "' is no keyword");
    }
    return text.toLowerCase(Locale.ROOT);
  }
}
