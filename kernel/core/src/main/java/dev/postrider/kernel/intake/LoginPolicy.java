package dev.postrider.kernel.intake;

import java.time.Duration;

/**
 * How logins are slowed down against guessing. Failures count per account and per address (IPv6:
 * per /64); each failure beyond the free ones doubles the time during which further tries are
 * turned away unchecked.
 *
 * @param freeFailures failures of one account without consequence
 * @param freeFailuresPerAddress failures from one address without consequence
 * @param firstDelay how long tries are turned away after the first failure beyond the free ones
 * @param longestDelay where the doubling ends
 * @param forgetAfter quiet time after which failures are forgotten
 * @param remembered accounts and addresses remembered at most; the longest quiet are forgotten
 *     first
 */
public record LoginPolicy(
    int freeFailures,
    int freeFailuresPerAddress,
    Duration firstDelay,
    Duration longestDelay,
    Duration forgetAfter,
    int remembered) {

  /** Checks the numbers. */
  public LoginPolicy {
    if (freeFailures < 1 || freeFailuresPerAddress < 1 || remembered < 1) {
      throw new IllegalArgumentException("limits of logins are positive");
    }
  }

  /** What is used where nothing is configured. */
  public static LoginPolicy defaults() {
    return new LoginPolicy(
        5, 20, Duration.ofSeconds(1), Duration.ofMinutes(15), Duration.ofHours(1), 50_000);
  }
}
