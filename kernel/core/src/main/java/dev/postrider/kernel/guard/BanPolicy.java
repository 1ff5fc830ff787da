package dev.postrider.kernel.guard;

import dev.postrider.plugin.Network;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * When a network is banned, and for how long.
 *
 * @param threshold points at which it is; 0: never
 * @param halfLife in which half of its points are forgotten
 * @param first how long the first ban is; each further one is twice as long
 * @param longest where doubling ends
 * @param forgetAfter this long after the end of a ban the next one is a first one again
 * @param points of each offence; 0: that one does not count
 * @param trusted who is never banned
 */
public record BanPolicy(
    int threshold,
    Duration halfLife,
    Duration first,
    Duration longest,
    Duration forgetAfter,
    Map<Offence, Integer> points,
    List<Network> trusted) {

  /** Copies the collections and checks the times. */
  public BanPolicy {
    points = Map.copyOf(points);
    trusted = List.copyOf(trusted);
    if (threshold < 0 || !halfLife.isPositive() || !first.isPositive()) {
      throw new IllegalArgumentException("a ban takes a positive time and no negative points");
    }
  }

  /** 100 points, half of them forgotten in 30 min; 10 min to 1 d, for a week; loopback trusted. */
  public static BanPolicy defaults() {
    return new BanPolicy(
        100,
        Duration.ofMinutes(30),
        Duration.ofMinutes(10),
        Duration.ofDays(1),
        Duration.ofDays(7),
        Arrays.stream(Offence.values())
            .collect(Collectors.toMap(Function.identity(), Offence::usualPoints)),
        List.of(Network.parse("127.0.0.0/8"), Network.parse("::1")));
  }

  boolean trusts(InetAddress client) {
    return trusted.stream().anyMatch(network -> network.contains(client));
  }

  /** How long the ban of this number is; the first is 1. */
  Duration length(int number) {
    Duration length = first.multipliedBy(1L << Math.min(number - 1, 20));
    return length.compareTo(longest) > 0 ? longest : length;
  }
}
