package dev.postrider.mailet.spam.reputation;

import dev.postrider.mailet.spam.memory.Row;

/**
 * How many good and bad mails somebody sent, older ones counting less.
 *
 * @param good wanted mails
 * @param bad unwanted ones
 */
record Standing(double good, double bad) {

  static final Standing NONE = new Standing(0, 0);

  // Rows hold whole numbers.
  private static final double SCALE = 256;
  private static final double MOST = 4_000_000;
  private static final double HALF_LIFE = 14 * 24 * 60;
  private static final double DOUBT = 5;

  /** What a row means now. */
  static Standing of(Row row, int minute) {
    double left = Math.pow(0.5, Math.max(0, minute - row.minute()) / HALF_LIFE);
    return new Standing(row.a() / SCALE * left, row.b() / SCALE * left);
  }

  /** Whether a row tells of a person's word, or of several guesses. */
  static boolean isOfSeveral(Row row) {
    return (long) row.a() + row.b() >= SCALE;
  }

  Row row(int minute) {
    return new Row(
        (int) (Math.min(good, MOST) * SCALE), (int) (Math.min(bad, MOST) * SCALE), minute);
  }

  Standing plus(double more, boolean wanted) {
    return wanted ? new Standing(good + more, bad) : new Standing(good, bad + more);
  }

  /** From -1 for nothing but good mail to 1 for nothing but bad; near 0 for who is hardly known. */
  double badness() {
    return (bad - good) / (good + bad + DOUBT);
  }
}
