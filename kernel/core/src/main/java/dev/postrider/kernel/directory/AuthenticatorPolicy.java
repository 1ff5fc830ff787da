package dev.postrider.kernel.directory;

import java.time.Duration;

/**
 * What checking logins may cost.
 *
 * @param rememberFor how long a right password is taken without hashing it again; zero: never
 * @param remembered how many right passwords are remembered at most
 * @param maxWaiting how many logins may be in check at a time; more are told to try later
 */
public record AuthenticatorPolicy(Duration rememberFor, int remembered, int maxWaiting) {

  /** Checks the signs. */
  public AuthenticatorPolicy {
    if (rememberFor.isNegative() || remembered < 0 || maxWaiting < 1) {
      throw new IllegalArgumentException("the limits of logins can't be negative");
    }
  }

  /** Two minutes, 10,000 and 256. */
  public static AuthenticatorPolicy defaults() {
    return new AuthenticatorPolicy(Duration.ofMinutes(2), 10_000, 256);
  }
}
