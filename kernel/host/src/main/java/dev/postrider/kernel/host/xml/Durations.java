package dev.postrider.kernel.host.xml;

import dev.postrider.plugin.Text;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Spans of time as people write them. */
public final class Durations {

  private static final List<String> UNITS = List.of("ms", "s", "m", "h", "d", "w");
  private static final long[] MILLIS = {1, 1000, 60_000, 3_600_000, 86_400_000, 604_800_000};

  private Durations() {}

  /**
   * Reads {@code 500ms}, {@code 10s}, {@code 5m}, {@code 2h}, {@code 3d} or {@code 1w}.
   *
   * @throws IllegalArgumentException when it is not of that form, with a reason for a person
   */
  public static Duration parse(String text) {
    String lower = text.strip().toLowerCase(Locale.ROOT);
    int digits = 0;
    while (digits < lower.length() && lower.charAt(digits) >= '0' && lower.charAt(digits) <= '9') {
      digits++;
    }
    int unit = UNITS.indexOf(lower.substring(digits).strip());
    try {
      if (digits > 0 && unit >= 0) {
        long number = Long.parseLong(lower.substring(0, digits));
        return Duration.ofMillis(Math.multiplyExact(number, MILLIS[unit]));
      }
    } catch (ArithmeticException | NumberFormatException e) {
      throw new IllegalArgumentException("'" + Text.shown(text) + "' is too long a time", e);
    }
    throw new IllegalArgumentException(
        "'" + Text.shown(text) + "' is not a time like 500ms, 10s, 5m, 2h or 3d");
  }

  /** In the largest unit that divides it, as {@link #parse} reads it. */
  public static String shown(Duration duration) {
    long millis = duration.toMillis();
    for (int i = UNITS.size() - 2; i > 0; i--) {
      if (millis != 0 && millis % MILLIS[i] == 0) {
        return millis / MILLIS[i] + UNITS.get(i);
      }
    }
    return millis + "ms";
  }
}
