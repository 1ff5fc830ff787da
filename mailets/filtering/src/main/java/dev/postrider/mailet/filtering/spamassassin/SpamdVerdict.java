package dev.postrider.mailet.filtering.spamassassin;

import dev.postrider.mailet.filtering.OnFailure;
import dev.postrider.mailet.filtering.Score;
import java.util.List;

/** What spamd says of a message. */
sealed interface SpamdVerdict {

  /**
   * A score.
   *
   * @param score of the message
   * @param threshold from which on spamd calls it spam
   * @param symbols names of the rules that matched
   */
  record Scored(Score score, Score threshold, List<String> symbols) implements SpamdVerdict {
    private static final int MOST = 500;
    private static final int LONGEST = 100;

    /**
     * Checks the names.
     *
     * @throws IllegalArgumentException when one is none
     */
    public Scored {
      symbols = List.copyOf(symbols);
      if (symbols.size() > MOST || !symbols.stream().allMatch(Scored::isName)) {
        throw new IllegalArgumentException("it names rules that can't be names of rules");
      }
    }

    private static boolean isName(String text) {
      return !text.isEmpty()
          && text.length() <= LONGEST
          && text.chars().allMatch(c -> c < 0x80 && (Character.isLetterOrDigit(c) || c == '_'));
    }
  }

  /** It is there, but could not judge this one. */
  record Unable(String reason) implements SpamdVerdict {
    /** One line. */
    public Unable {
      reason = OnFailure.oneLine(reason);
    }
  }

  /** In words, which {@link #parse} reads. */
  default String text() {
    return switch (this) {
      case Scored(var score, var threshold, var symbols) ->
          (score + "/" + threshold + " " + String.join(",", symbols)).strip();
      case Unable(var reason) -> "unable " + reason;
    };
  }

  /**
   * Reads {@code 12.5/5 RULE_A,RULE_B} or {@code unable REASON}.
   *
   * @throws IllegalArgumentException when it is neither
   */
  static SpamdVerdict parse(String text) {
    String bare = text.strip();
    if (bare.startsWith("unable ")) {
      return new Unable(bare.substring(7));
    }
    int space = bare.indexOf(' ');
    String figures = space < 0 ? bare : bare.substring(0, space);
    String rules = space < 0 ? "" : bare.substring(space + 1).strip();
    int slash = figures.indexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException(
          "'" + OnFailure.oneLine(bare) + "' is not SCORE/THRESHOLD RULES or unable REASON");
    }
    return new Scored(
        Score.parse(figures.substring(0, slash)),
        Score.parse(figures.substring(slash + 1)),
        symbols(rules));
  }

  /** Names with commas between. */
  static List<String> symbols(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split(",", -1));
  }
}
