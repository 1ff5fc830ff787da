package dev.postrider.mailet.spam.reading;

import java.util.Locale;
import java.util.Optional;

/** IPv4 addresses in all the ways that browsers take (WHATWG URL, IPv4 parser). */
final class Ipv4Text {

  private Ipv4Text() {}

  /** In dotted form; empty for what is not an address. */
  static Optional<String> parse(String text) {
    String[] parts = text.split("\\.", 5);
    if (text.isEmpty() || parts.length > 4) {
      return Optional.empty();
    }
    long value = 0;
    for (int i = 0; i < parts.length; i++) {
      long number = number(parts[i]);
      boolean last = i == parts.length - 1;
      long most = last ? (1L << 8 * (5 - parts.length)) - 1 : 255;
      if (number < 0 || number > most) {
        return Optional.empty();
      }
      value = last ? value << 8 * (5 - parts.length) | number : value << 8 | number;
    }
    return Optional.of(
        "%d.%d.%d.%d".formatted(value >> 24, value >> 16 & 255, value >> 8 & 255, value & 255));
  }

  private static long number(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    int radix = lower.startsWith("0x") ? 16 : lower.length() > 1 && lower.startsWith("0") ? 8 : 10;
    String digits = radix == 16 ? lower.substring(2) : lower;
    if (digits.isEmpty() || digits.length() > 12) {
      return -1;
    }
    long value = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(i) < 0x80 ? Character.digit(digits.charAt(i), radix) : -1;
      if (digit < 0) {
        return -1;
      }
      value = value * radix + digit;
    }
    return value;
  }
}
