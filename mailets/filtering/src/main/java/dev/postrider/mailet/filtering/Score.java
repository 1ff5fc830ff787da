package dev.postrider.mailet.filtering;

import dev.postrider.plugin.Doc;
import dev.postrider.plugin.Text;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * How much a filter thinks of a mail that it is spam.
 *
 * @param value with at most three digits after the point, between -1,000,000 and 1,000,000
 */
@Doc("number")
public record Score(BigDecimal value) implements Comparable<Score> {

  private static final BigDecimal MOST = BigDecimal.valueOf(1_000_000);
  private static final int LONGEST = 24;

  /** Checks the range and rounds it. */
  public Score {
    // Before it is rounded: a number of a few digits may have thousands of zeros.
    if (value.abs().compareTo(MOST) > 0) {
      throw new IllegalArgumentException("a score lies between -1000000 and 1000000");
    }
    value = value.setScale(3, RoundingMode.HALF_UP).stripTrailingZeros();
  }

  /**
   * Reads {@code 12}, {@code -0.5} or {@code 7.25}.
   *
   * @throws IllegalArgumentException when it is not of that form
   */
  public static Score parse(String text) {
    String bare = text.strip();
    boolean plain =
        bare.length() <= LONGEST
            && bare.chars().allMatch(c -> c >= '0' && c <= '9' || c == '.' || c == '-');
    try {
      if (plain) {
        return new Score(new BigDecimal(bare));
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + bare + "' is not a number like 12 or 7.5", e);
    }
    throw new IllegalArgumentException("'" + Text.shown(text) + "' is not a number like 12 or 7.5");
  }

  @Override
  public int compareTo(Score other) {
    return value.compareTo(other.value);
  }

  /** Whether it is not below a limit. */
  public boolean reaches(Score limit) {
    return compareTo(limit) >= 0;
  }

  /** Without an exponent and needless zeros. */
  @Override
  public String toString() {
    return value.toPlainString();
  }
}
