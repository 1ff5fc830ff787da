package dev.postrider.kernel.spool;

import java.nio.charset.StandardCharsets;

/** Text for the ledger and for header fields. */
final class Lines {
  private Lines() {}

  /** One printable line of at most so many characters. */
  static String one(String text, int limit) {
    StringBuilder out = new StringBuilder(Math.min(text.length(), limit));
    for (int i = 0; i < text.length() && out.length() < limit; i++) {
      char c = text.charAt(i);
      out.append(Character.isISOControl(c) || c == 0x2028 || c == 0x2029 ? ' ' : c);
    }
    return out.toString();
  }

  /** UTF-8 octets as ISO-8859-1 characters, as heads of messages are kept. */
  static String octets(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }
}
