package dev.postrider.kernel.directory;

import dev.postrider.kernel.guard.ClientNetwork;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Counts failed logins per client network (IPv4 address, IPv6 /64), per account and per both, and
 * says how long the next attempt has to wait. Memory is bounded. Thread: any; only {@link #begin}
 * blocks.
 */
public final class LoginGuard {

  private record Failures(int count, Instant last) {}

  /** An attempt that is being checked. */
  public static final class Attempt {
    private final List<String> keys;

    private Attempt(List<String> keys) {
      this.keys = List.copyOf(keys);
    }
  }

  private final InstantSource clock;
  private final LoginGuardPolicy policy;
  private final Map<String, Failures> failures;
  private final Map<String, Boolean> good;
  private final Map<String, Integer> underWay = new HashMap<>();

  /** Starts with nothing remembered. */
  public LoginGuard(InstantSource clock, LoginGuardPolicy policy) {
    this.clock = clock;
    this.policy = policy;
    this.failures = bounded(policy.remembered());
    this.good = bounded(policy.remembered());
  }

  /** How long this client has to wait before this account is checked again; zero: not at all. */
  public synchronized Duration delay(InetAddress client, String account) {
    Duration delay = Duration.ZERO;
    String network = network(client);
    if (!policy.trusts(client)) {
      delay = remaining("n " + network, policy.freePerNetwork(), policy.maxDelay());
      delay =
          longer(delay, remaining(pair(network, account), policy.freePerPair(), policy.maxDelay()));
    }
    return good.get(pair(network, account)) != null
        ? delay
        : longer(
            delay, remaining("a " + account, policy.freePerAccount(), policy.maxAccountDelay()));
  }

  /**
   * Begins an attempt; {@link #end} must follow. Where the attempts under way would use up the free
   * failures if all of them failed, this waits until one has ended: so parallel guesses count
   * before they have failed, and nobody who knows the password is turned away for coming twice.
   *
   * @return empty where the client has to wait as {@link #delay} says, or the thread is interrupted
   */
  public synchronized Optional<Attempt> begin(InetAddress client, String account) {
    while (delay(client, account).isZero()) {
      Map<String, Integer> free = free(client, account);
      if (free.entrySet().stream().noneMatch(each -> isUsedUp(each.getKey(), each.getValue()))) {
        free.keySet().forEach(key -> underWay.merge(key, 1, Integer::sum));
        return Optional.of(new Attempt(List.copyOf(free.keySet())));
      }
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  /** The attempt is over, and its result was told here. */
  public synchronized void end(Attempt attempt) {
    attempt.keys.forEach(
        key -> underWay.computeIfPresent(key, (_, count) -> count == 1 ? null : count - 1));
    notifyAll();
  }

  private Map<String, Integer> free(InetAddress client, String account) {
    Map<String, Integer> free = new HashMap<>();
    String network = network(client);
    if (!policy.trusts(client)) {
      free.put("n " + network, policy.freePerNetwork());
      free.put(pair(network, account), policy.freePerPair());
    }
    if (good.get(pair(network, account)) == null) {
      free.put("a " + account, policy.freePerAccount());
    }
    return free;
  }

  private boolean isUsedUp(String key, int free) {
    int checking = underWay.getOrDefault(key, 0);
    Failures seen = failures.get(key);
    int failed = seen == null || isForgotten(seen, clock.instant()) ? 0 : seen.count();
    return checking > 0 && failed + checking > free;
  }

  /** A login failed. */
  public synchronized void failed(InetAddress client, String account) {
    String network = network(client);
    if (!policy.trusts(client)) {
      count("n " + network);
      count(pair(network, account));
    }
    count("a " + account);
  }

  /**
   * A login succeeded: failures of this account from this network are forgotten, those of the
   * network are not, else an attacker would wipe them with an account of his own.
   */
  public synchronized void succeeded(InetAddress client, String account) {
    String pair = pair(network(client), account);
    failures.remove(pair);
    good.put(pair, Boolean.TRUE);
  }

  private void count(String key) {
    Instant now = clock.instant();
    Failures before = failures.get(key);
    int count = before == null || isForgotten(before, now) ? 0 : before.count();
    failures.put(key, new Failures(Math.min(count, Integer.MAX_VALUE - 1) + 1, now));
  }

  private Duration remaining(String key, int free, Duration max) {
    Failures seen = failures.get(key);
    Instant now = clock.instant();
    if (seen == null || seen.count() <= free || isForgotten(seen, now)) {
      return Duration.ZERO;
    }
    int doublings = Math.min(seen.count() - free - 1, 30);
    Duration whole = policy.firstDelay().multipliedBy(1L << doublings);
    Duration delay = whole.compareTo(max) > 0 ? max : whole;
    Duration left = Duration.between(now, seen.last().plus(delay));
    return left.isPositive() ? left : Duration.ZERO;
  }

  private boolean isForgotten(Failures seen, Instant now) {
    return seen.last().plus(policy.forgetAfter()).isBefore(now);
  }

  private static String pair(String network, String account) {
    return "p " + network + " " + account;
  }

  private static String network(InetAddress client) {
    return ClientNetwork.of(client).toString();
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  private static <V> Map<String, V> bounded(int limit) {
    return new LinkedHashMap<>(16, 0.75f, true) {
      @Override
      protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
        return size() > limit;
      }
    };
  }
}
