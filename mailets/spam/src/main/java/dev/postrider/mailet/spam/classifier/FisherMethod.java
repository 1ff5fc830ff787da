package dev.postrider.mailet.spam.classifier;

/**
 * Puts the probabilities of single features together (Fisher's method as Robinson proposed it for
 * mail): how unlikely is so much evidence for spam, and so much for ham, were there none.
 */
final class FisherMethod {

  private FisherMethod() {}

  /** 0 for ham, 1 for spam, near 0.5 where the evidence is weak or contradicts itself. */
  static double combined(double[] probabilities, int count) {
    if (count == 0) {
      return 0.5;
    }
    double spamLogs = 0;
    double hamLogs = 0;
    for (int i = 0; i < count; i++) {
      spamLogs += Math.log(1 - probabilities[i]);
      hamLogs += Math.log(probabilities[i]);
    }
    double spam = 1 - survival(-2 * spamLogs, count);
    double ham = 1 - survival(-2 * hamLogs, count);
    return Math.clamp((spam - ham + 1) / 2, 0, 1);
  }

  /** The chance that a chi-square figure with twice so many degrees of freedom is that large. */
  static double survival(double chiSquare, int halfDegrees) {
    double half = chiSquare / 2;
    double term = Math.exp(-half);
    double sum = term;
    for (int i = 1; i < halfDegrees; i++) {
      term *= half / i;
      sum += term;
    }
    return Math.min(1, sum);
  }
}
