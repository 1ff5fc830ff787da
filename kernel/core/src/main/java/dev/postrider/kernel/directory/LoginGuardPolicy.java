package dev.postrider.kernel.directory;

import dev.postrider.plugin.Network;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Set;

/**
 * How failed logins slow further ones down. After the free failures each one more doubles the
 * delay.
 *
 * @param freePerPair free failures of one account from one network
 * @param freePerNetwork free failures of one network whatever the account
 * @param freePerAccount free failures of one account whatever the network; networks from which the
 *     account has logged in lately are exempt, so that a stranger can't lock its owner out
 * @param firstDelay the first delay
 * @param maxDelay where doubling ends
 * @param maxAccountDelay where it ends for {@code freePerAccount}
 * @param forgetAfter after this long without a failure the count starts anew
 * @param remembered how many counts, and how many good networks, are kept; the least recently used
 *     are dropped
 * @param trusted networks whose failures count for the account only
 */
public record LoginGuardPolicy(
    int freePerPair,
    int freePerNetwork,
    int freePerAccount,
    Duration firstDelay,
    Duration maxDelay,
    Duration maxAccountDelay,
    Duration forgetAfter,
    int remembered,
    Set<Network> trusted) {

  /** Copies the set and checks the signs. */
  public LoginGuardPolicy {
    trusted = Set.copyOf(trusted);
    if (freePerPair < 0 || freePerNetwork < 0 || freePerAccount < 0 || remembered < 1) {
      throw new IllegalArgumentException("the limits of failed logins can't be negative");
    }
    if (!firstDelay.isPositive()) {
      throw new IllegalArgumentException("the first delay after failed logins has to be positive");
    }
  }

  /** 3, 10 and 20 free; 1 s to 15 min, 1 min per account; one hour; 20,000; loopback trusted. */
  public static LoginGuardPolicy defaults() {
    return new LoginGuardPolicy(
        3,
        10,
        20,
        Duration.ofSeconds(1),
        Duration.ofMinutes(15),
        Duration.ofMinutes(1),
        Duration.ofHours(1),
        20_000,
        Set.of(Network.parse("127.0.0.0/8"), Network.parse("::1")));
  }

  boolean trusts(InetAddress client) {
    return trusted.stream().anyMatch(network -> network.contains(client));
  }
}
