package dev.postrider.plugin;

/**
 * Small questions about text, answered in one place.
 *
 * @since 1.0
 */
public final class Text {

  private static final int SHOWN = 80;

  private Text() {}

  /** Whether every character is below 0x80. */
  public static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  /** Whether there are characters and all are 0 to 9. */
  static boolean isDigits(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /** How many octets a code point takes in UTF-8. */
  static int utf8Length(int codePoint) {
    return codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
  }

  /**
   * Untrusted text made safe for a log line or a message: control characters (also C1 and
   * bidirectional overrides) as {@code ?}, at most 80 characters.
   */
  public static String shown(String text) {
    StringBuilder out = new StringBuilder(Math.min(text.length(), SHOWN + 1));
    for (int i = 0; i < text.length() && i < SHOWN; i++) {
      char c = text.charAt(i);
      boolean harmful =
          Character.isISOControl(c)
              || Character.getType(c) == Character.FORMAT
              || c == 0x2028
              || c == 0x2029;
      out.append(harmful ? '?' : c);
    }
    return text.length() > SHOWN ? out.append('…').toString() : out.toString();
  }
}
