package dev.postrider.plugin;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One header field of a message, with the exact octets it came in (RFC 5322 §2.2).
 *
 * <p>Octets are kept as a string of ISO-8859-1, one character per octet.
 *
 * @since 1.0
 */
public final class HeaderField {

  private final String name;
  private final String raw;

  private HeaderField(String name, String raw) {
    this.name = name;
    this.raw = raw;
  }

  /**
   * A field as received.
   *
   * @param raw the octets as ISO-8859-1, with the line end where there is one
   * @throws IllegalArgumentException when it does not start with a field name and a colon, or is
   *     not one field: a line after the first begins with white space (RFC 5322 §2.2.3), and there
   *     is no CR without LF and no NUL
   */
  public static HeaderField received(String raw) {
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      boolean last = i == raw.length() - 1;
      boolean sane =
          switch (c) {
            case '\r' -> !last && raw.charAt(i + 1) == '\n';
            case '\n' -> last || raw.charAt(i + 1) == ' ' || raw.charAt(i + 1) == '\t';
            default -> c != 0 && c <= 0xff;
          };
      if (!sane) {
        throw new IllegalArgumentException("'" + Text.shown(raw) + "' is not one header field");
      }
    }
    return found(raw);
  }

  /** A field as it stands in a message, whatever octets it holds. */
  static HeaderField found(String raw) {
    int end = nameEnd(raw, 0, raw.length());
    if (end < 0) {
      throw new IllegalArgumentException("'" + Text.shown(raw) + "' is not a header field");
    }
    return new HeaderField(raw.substring(0, end), raw);
  }

  /** Whether it has a line end. */
  boolean isClosed() {
    return raw.endsWith("\n");
  }

  /** The same with a line end. */
  HeaderField closed() {
    if (isClosed()) {
      return this;
    }
    return new HeaderField(name, raw + (raw.endsWith("\r") ? "\n" : "\r\n"));
  }

  /** Where the name of the field that starts here ends, or -1 when none does before the limit. */
  static int nameEnd(String text, int start, int limit) {
    int end = start;
    while (end < limit && isNameCharacter(text.charAt(end))) {
      end++;
    }
    int colon = end;
    while (colon < limit && (text.charAt(colon) == ' ' || text.charAt(colon) == '\t')) {
      colon++;
    }
    return end > start && colon < limit && text.charAt(colon) == ':' ? end : -1;
  }

  /**
   * A new field, folded at white space to lines of at most 78 characters where possible; text
   * outside ASCII becomes encoded words (RFC 2047).
   *
   * @throws IllegalArgumentException when the name is no field name, or the value holds CR, LF or
   *     NUL: one value never becomes two fields
   */
  public static HeaderField of(String name, String value) {
    if (!isName(name)) {
      throw new IllegalArgumentException("'" + Text.shown(name) + "' is not a header field name");
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '\r' || c == '\n' || c == 0) {
        throw new IllegalArgumentException("the value of " + name + " holds CR, LF or NUL");
      }
    }
    String ascii = Text.isAscii(value) ? value : EncodedWords.encode(value, name.length() + 2);
    return new HeaderField(name, HeaderFolding.fold(name + ": " + ascii) + "\r\n");
  }

  /** The name as written. */
  public String name() {
    return name;
  }

  /** Whether this is the named field; names don't depend on case. */
  public boolean is(String other) {
    return name.equalsIgnoreCase(other);
  }

  /**
   * The value: unfolded, trimmed, read as UTF-8 (what is no UTF-8 as ISO-8859-1), encoded words not
   * decoded.
   */
  public String value() {
    String text = raw.substring(raw.indexOf(':') + 1);
    if (!Text.isAscii(text)) {
      String utf8 = new String(text.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
      text = utf8.indexOf('\uFFFD') >= 0 ? text : utf8;
    }
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '\r' && c != '\n') {
        out.append(c);
      }
    }
    return out.toString().strip();
  }

  /** The value with its encoded words decoded, for people and for matching. */
  public String decodedValue() {
    return EncodedWords.decode(value());
  }

  /** The exact octets as ISO-8859-1, with the line end where there is one. */
  public String raw() {
    return raw;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof HeaderField field && field.raw.equals(raw);
  }

  @Override
  public int hashCode() {
    return raw.hashCode();
  }

  @Override
  public String toString() {
    return name.toLowerCase(Locale.ROOT) + ": " + Text.shown(value());
  }

  private static boolean isName(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> isNameCharacter((char) c));
  }

  private static boolean isNameCharacter(char c) {
    return c > ' ' && c < 0x7f && c != ':';
  }
}
