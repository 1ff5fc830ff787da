package dev.postrider.mailet.spam.score;

import dev.postrider.plugin.Doc;
import dev.postrider.plugin.Text;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * How much speaks for spam; negative, how much against it.
 *
 * @param value between -1000 and 1000, rounded to two digits after the point
 */
@Doc("number")
public record Points(double value) {

  private static final int LONGEST = 12;

  /** Checks the range and rounds. */
  public Points {
    if (!(value >= -1000 && value <= 1000)) {
      throw new IllegalArgumentException("points lie between -1000 and 1000");
    }
    value = BigDecimal.valueOf(value).setScale(2, RoundingMode.HALF_UP).doubleValue();
  }

  /**
   * Reads {@code 5}, {@code -0.5} or {@code 7.25}.
   *
   * @throws IllegalArgumentException when it is not of that form
   */
  public static Points parse(String text) {
    String bare = text.strip();
    boolean plain =
        !bare.isEmpty()
            && bare.length() <= LONGEST
            && bare.chars().allMatch(c -> (c >= '0' && c <= '9') || c == '.' || c == '-');
    try {
      if (plain) {
        return new Points(Double.parseDouble(bare));
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + bare + "' is not a number like 5 or 7.5", e);
    }
    throw new IllegalArgumentException("'" + Text.shown(text) + "' is not a number like 5 or 7.5");
  }

  /** As short as it can be: {@code 5}, {@code 7.5}. */
  @Override
  public String toString() {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }
}
