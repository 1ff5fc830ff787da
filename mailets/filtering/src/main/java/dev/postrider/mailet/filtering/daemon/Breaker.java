package dev.postrider.mailet.filtering.daemon;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Knows whether a daemon is worth asking. After some failures in a row nobody is let through for a
 * while; then one is, to try, and all again when that one succeeds. Thread: any.
 */
public final class Breaker {

  private final InstantSource clock;
  private final int most;
  private final Duration pause;
  private int failures;
  private Instant since = Instant.EPOCH;
  private boolean trying;

  /**
   * Lets all through at first.
   *
   * @param most failures in a row after which nobody is let through
   * @param pause how long
   */
  public Breaker(InstantSource clock, int most, Duration pause) {
    this.clock = clock;
    this.most = most;
    this.pause = pause;
  }

  /**
   * Lets the caller through, who has to say afterwards what came of it.
   *
   * @throws DaemonFault when the daemon is not to be asked
   */
  public synchronized void enter() throws DaemonFault {
    if (failures < most) {
      return;
    }
    Duration passed = Duration.between(since, clock.instant());
    // A clock that was set back must not make the pause longer.
    if (trying || !passed.isNegative() && passed.compareTo(pause) < 0) {
      throw new DaemonFault(
          "it was not asked after " + failures + " failures in a row; it is tried again " + when());
    }
    trying = true;
  }

  private String when() {
    return trying ? "just now" : "after " + pause.toSeconds() + " s";
  }

  /** It answered. */
  public synchronized void succeeded() {
    failures = 0;
    trying = false;
  }

  /** It did not. */
  public synchronized void failed() {
    if (failures < Integer.MAX_VALUE) {
      failures++;
    }
    since = clock.instant();
    trying = false;
  }

  /** Nothing is known of it: whoever asked gave up for another reason. */
  synchronized void leftOpen() {
    trying = false;
  }
}
