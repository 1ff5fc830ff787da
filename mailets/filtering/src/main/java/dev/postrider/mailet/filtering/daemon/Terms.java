package dev.postrider.mailet.filtering.daemon;

import dev.postrider.mailet.filtering.OnFailure;
import dev.postrider.plugin.Param;
import java.time.Duration;

/**
 * On which terms a daemon is asked.
 *
 * @param deadline for each question, waiting for its turn included
 * @param maxConcurrent questions at the same time
 * @param breakAfter failures in a row after which it is not asked
 * @param retryAfter how long it is not asked then
 * @param onFailure what becomes of a mail without an answer
 */
public record Terms(
    @Param(
            doc =
                "For all of it: waiting for a turn, connection, message and answer. Less than the"
                    + " step-deadline in conf/postrider.xml.",
            defaultValue = "8s")
        Duration deadline,
    @Param(
            doc = "How many mails are judged at the same time; the others wait for their turn.",
            unit = "mails",
            defaultValue = "30")
        int maxConcurrent,
    @Param(
            doc =
                "After so many failures in a row nobody is asked for retryAfter; then one mail"
                    + " tries whether it works again.",
            unit = "failures",
            defaultValue = "5")
        int breakAfter,
    @Param(doc = "How long nobody is asked then.", defaultValue = "30s") Duration retryAfter,
    @Param(
            doc = "When there is no verdict: open lets the mail go on, defer tries again later.",
            defaultValue = "defer")
        OnFailure onFailure) {

  /** Checks the ranges. */
  public Terms {
    if (!deadline.isPositive() || !retryAfter.isPositive()) {
      throw new IllegalArgumentException("deadline and retryAfter are more than nothing");
    }
    if (maxConcurrent < 1 || breakAfter < 1) {
      throw new IllegalArgumentException("maxConcurrent and breakAfter are 1 at least");
    }
  }
}
