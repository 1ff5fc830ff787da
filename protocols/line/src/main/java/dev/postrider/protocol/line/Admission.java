package dev.postrider.protocol.line;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts open connections against {@link ConnectionLimits}. Any thread. */
final class Admission {
  private final ConnectionLimits limits;
  private final Networks trusted;
  private final AtomicInteger total = new AtomicInteger();
  private final Map<InetAddress, Integer> perAddress = new ConcurrentHashMap<>();

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
    int open = perAddress.merge(block(address), 1, Integer::sum);
    if (open > limits.perAddress()) {
      leave(address);
      return false;
    }
    return true;
  }

  void leave(InetAddress address) {
    total.decrementAndGet();
    if (!trusts(address)) {
      perAddress.computeIfPresent(block(address), (key, open) -> open == 1 ? null : open - 1);
    }
  }

  int open() {
    return total.get();
  }

  /** One household owns a /64, so it counts as one address. */
  private static InetAddress block(InetAddress address) {
    if (!(address instanceof Inet6Address)) {
      return address;
    }
    byte[] octets = address.getAddress();
    Arrays.fill(octets, 8, 16, (byte) 0);
    try {
      return InetAddress.getByAddress(octets);
    } catch (java.net.UnknownHostException e) {
      throw new IllegalStateException("an IPv6 address has 16 octets", e);
    }
  }
}
