package dev.postrider.mailet.spam.score;

import dev.postrider.plugin.Doc;
import dev.postrider.plugin.Text;

/**
 * Other points for a rule.
 *
 * @param rule whose
 * @param points for a mail that it applies to; 0 turns it off
 */
@Doc("rule=points")
public record Weight(Rule rule, Points points) {

  /**
   * Reads {@code missing-date=2.5}.
   *
   * @throws IllegalArgumentException when it is not of that form or there is no such rule
   */
  public static Weight parse(String text) {
    int equals = text.indexOf('=');
    if (equals < 0) {
      throw new IllegalArgumentException(
          "'" + Text.shown(text) + "' is not rule=points, such as missing-date=2.5");
    }
    return new Weight(
        Rule.named(text.substring(0, equals)), Points.parse(text.substring(equals + 1)));
  }
}
