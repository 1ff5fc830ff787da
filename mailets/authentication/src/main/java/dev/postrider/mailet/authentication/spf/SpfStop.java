package dev.postrider.mailet.authentication.spf;

/** Ends a check from the inside with an error as its result. */
final class SpfStop extends Exception {
  private static final long serialVersionUID = 1;

  private final SpfResult result;
  private final String why;

  SpfStop(SpfResult result, String why) {
    super(why, null, false, false);
    this.result = result;
    this.why = why;
  }

  SpfAnswer answer() {
    return SpfAnswer.of(result, why);
  }
}
