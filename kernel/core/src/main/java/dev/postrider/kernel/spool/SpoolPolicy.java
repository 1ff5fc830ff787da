package dev.postrider.kernel.spool;

import java.time.Duration;
import java.util.List;

/**
 * How the spool is worked off.
 *
 * @param concurrency runs at a time
 * @param retrySchedule delays after the first, second, … run that ended in a deferral; the last one
 *     repeats; each is varied by up to a tenth
 * @param expireAfter age at which mail that is still deferred is reported to its sender instead
 * @param stopTimeout how long a stop waits for runs to end
 */
public record SpoolPolicy(
    int concurrency, List<Duration> retrySchedule, Duration expireAfter, Duration stopTimeout) {

  /** Copies the list and checks the numbers. */
  public SpoolPolicy {
    retrySchedule = List.copyOf(retrySchedule);
    if (concurrency < 1) {
      throw new IllegalArgumentException("the spool needs at least one run at a time");
    }
    if (retrySchedule.isEmpty()) {
      throw new IllegalArgumentException("the retry schedule needs at least one delay");
    }
  }

  /** What is used where nothing is configured. */
  public static SpoolPolicy defaults() {
    return new SpoolPolicy(
        32,
        List.of(
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(15),
            Duration.ofMinutes(30),
            Duration.ofHours(1)),
        Duration.ofDays(5),
        Duration.ofSeconds(20));
  }
}
