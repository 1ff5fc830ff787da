package dev.postrider.kernel.outbound;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/** How long to wait after a failure, varied so that mails don't come back all at once. */
final class Backoff {

  /** New mail to a dead host shall not wait for hours. */
  private static final Duration LONGEST_FOR_HOST = Duration.ofMinutes(15);

  private final List<Duration> schedule;
  private final RandomGenerator random;

  Backoff(List<Duration> schedule, RandomGenerator random) {
    this.schedule = schedule;
    this.random = random;
  }

  /** For a mail, after so many failed tries (1 or more). */
  Duration afterTry(int failures) {
    return varied(schedule.get(Math.clamp(failures - 1L, 0, schedule.size() - 1)));
  }

  /** For a destination that can't be reached, after so many failures in a row (1 or more). */
  Duration forHost(int failures) {
    Duration delay = schedule.get(Math.clamp(failures - 1L, 0, schedule.size() - 1));
    return varied(delay.compareTo(LONGEST_FOR_HOST) > 0 ? LONGEST_FOR_HOST : delay);
  }

  private Duration varied(Duration delay) {
    return Duration.ofMillis(Math.round(delay.toMillis() * (0.9 + 0.2 * random.nextDouble())));
  }
}
