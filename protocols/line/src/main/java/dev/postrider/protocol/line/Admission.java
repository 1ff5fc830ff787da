package dev.postrider.protocol.line;

import dev.postrider.kernel.guard.ClientNetwork;
import dev.postrider.plugin.Network;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts open connections against {@link ConnectionLimits}. Any thread. */
final class Admission {
  private static final Duration HURRY = Duration.ofSeconds(10);

  private final ConnectionLimits limits;
  private final Networks trusted;
  private final AtomicInteger total = new AtomicInteger();
  private final Map<Network, Integer> perAddress = new ConcurrentHashMap<>();

  Admission(ConnectionLimits limits, Networks trusted) {
    this.limits = limits;
    this.trusted = trusted;
  }

  boolean trusts(InetAddress address) {
    return trusted.contains(address);
  }

  /** True if one more connection fits; then {@link #leave} must follow. */
  boolean enter(InetAddress address) {
    if (total.incrementAndGet() > limits.total()) {
      total.decrementAndGet();
      return false;
    }
    if (trusts(address)) {
      return true;
    }
    int open = perAddress.merge(ClientNetwork.of(address), 1, Integer::sum);
    if (open > limits.perAddress()) {
      leave(address);
      return false;
    }
    return true;
  }

  void leave(InetAddress address) {
    total.decrementAndGet();
    if (!trusts(address)) {
      perAddress.computeIfPresent(
          ClientNetwork.of(address), (key, open) -> open == 1 ? null : open - 1);
    }
  }

  /**
   * How long a peer may take for a command: where four of five places are taken, strangers have to
   * hurry, so that connections which only wait can't keep others out for long.
   */
  Duration patience(Duration usual, boolean trusted) {
    boolean crowded = total.get() > limits.total() - limits.total() / 5;
    return crowded && !trusted && usual.compareTo(HURRY) > 0 ? HURRY : usual;
  }

  int open() {
    return total.get();
  }
}
