package dev.postrider.plugin;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An amount of octets.
 *
 * @param octets 0 or more
 * @since 1.0
 */
public record ByteSize(long octets) {

  /** Checks the sign. */
  public ByteSize {
    if (octets < 0) {
      throw new IllegalArgumentException("a size is not negative");
    }
  }

  /**
   * Reads {@code 1048576}, {@code 1024k}, {@code 1m} or {@code 1g}; units are powers of 1024, case
   * does not matter, a following {@code b} is allowed.
   *
   * @throws IllegalArgumentException when it is not of that form
   */
  public static ByteSize parse(String text) {
    String lower = text.strip().toLowerCase(Locale.ROOT);
    String bare = lower.endsWith("b") ? lower.substring(0, lower.length() - 1) : lower;
    int shift = bare.isEmpty() ? 0 : 10 * (" kmg".indexOf(bare.charAt(bare.length() - 1)));
    String digits = shift > 0 ? bare.substring(0, bare.length() - 1).strip() : bare;
    if (!Text.isDigits(digits)) {
      throw notASize(text, null);
    }
    try {
      return new ByteSize(Math.multiplyExact(Long.parseLong(digits), 1L << Math.max(shift, 0)));
    } catch (NumberFormatException | ArithmeticException e) {
      throw notASize(text, e);
    }
  }

  private static IllegalArgumentException notASize(String text, @Nullable Throwable cause) {
    return new IllegalArgumentException(
        "'" + Text.shown(text) + "' is not a size like 500k, 25m or 1g", cause);
  }

  @Override
  public String toString() {
    for (int i = 3; i > 0; i--) {
      long unit = 1L << (10 * i);
      if (octets >= unit && octets % unit == 0) {
        return octets / unit + String.valueOf(" kmg".charAt(i));
      }
    }
    return Long.toString(octets);
  }
}
