package dev.postrider.kernel.spool;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/** Delays from a schedule, each varied by up to a tenth. Thread: any that the generator allows. */
record Backoff(List<Duration> schedule, RandomGenerator random) {

  /** The delay after this many earlier tries. */
  Duration after(int attempts) {
    Duration delay = schedule.get(Math.min(attempts, schedule.size() - 1));
    double factor = 0.9 + 0.2 * random.nextDouble();
    return Duration.ofMillis((long) (delay.toMillis() * factor));
  }
}
