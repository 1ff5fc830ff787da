package dev.postrider.mailet.authentication.results;

/** Text of strangers made fit for a header field. */
final class Printable {

  private static final String SPECIAL = "()<>@,;:\\\"/[]?=";

  private Printable() {}

  /** Printable ASCII of at most so many characters; what is none becomes {@code ?}. */
  static String text(String text, int longest) {
    StringBuilder out = new StringBuilder(Math.min(text.length(), longest));
    for (int i = 0; i < text.length() && i < longest; i++) {
      char c = text.charAt(i);
      out.append(c < ' ' || c > '~' ? '?' : c);
    }
    return out.toString();
  }

  /** As a value of a property: as it is where that is unambiguous, else quoted. */
  static String value(String text) {
    int at = text.indexOf('@');
    boolean plain =
        at < 0
            ? isToken(text)
            : (at == 0 || isToken(text.substring(0, at))) && isToken(text.substring(at + 1));
    return plain ? text : quoted(text);
  }

  /** As a quoted string (RFC 5322 §3.2.4). */
  static String quoted(String text) {
    return "\"" + escaped(text, "\"\\") + "\"";
  }

  /** As a comment (RFC 5322 §3.2.2). */
  static String comment(String text) {
    return "(" + escaped(text, "()\\") + ")";
  }

  /** Whether it is a token (RFC 2045 §5.1). */
  static boolean isToken(String text) {
    return !text.isEmpty()
        && text.chars().allMatch(c -> c > ' ' && c <= '~' && SPECIAL.indexOf(c) < 0);
  }

  private static String escaped(String text, String special) {
    StringBuilder out = new StringBuilder(text.length() + 8);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (special.indexOf(c) >= 0) {
        out.append('\\');
      }
      out.append(c);
    }
    return out.toString();
  }
}
