package dev.postrider.mailet.spam.score;

import java.util.Optional;

/**
 * What becomes of a mail by its points.
 *
 * @param junk from these points on it belongs into the folder for unwanted mail; empty for never
 * @param refuse from these points on it is refused; empty for never
 */
record Thresholds(Optional<Points> junk, Optional<Points> refuse) {

  /**
   * Checks the order.
   *
   * @throws IllegalArgumentException when a mail would be refused before it is junk
   */
  Thresholds {
    if (junk.isPresent() && refuse.isPresent() && refuse.get().value() < junk.get().value()) {
      throw new IllegalArgumentException(
          "refuseAt is %s, less than junkAt with %s".formatted(refuse.get(), junk.get()));
    }
  }

  /** The verdict, as in the attribute and in the header. */
  enum Verdict {
    HAM,
    JUNK,
    REFUSE
  }

  Verdict verdict(Points sum) {
    if (refuse.filter(limit -> sum.value() >= limit.value()).isPresent()) {
      return Verdict.REFUSE;
    }
    return junk.filter(limit -> sum.value() >= limit.value()).isPresent()
        ? Verdict.JUNK
        : Verdict.HAM;
  }
}
