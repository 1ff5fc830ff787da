package dev.postrider.mailet.spam.lists;

import dev.postrider.mailet.spam.score.Points;
import dev.postrider.plugin.service.Dns;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Asks lists about one mail, within one time for all of them: who does not answer says nothing. The
 * host keeps the answers. Thread: one.
 */
final class ListLookup {

  private static final Duration LONGEST = Duration.ofMinutes(1);

  private final Dns dns;
  private final InstantSource clock;
  private final Instant end;

  ListLookup(Dns dns, InstantSource clock, Duration deadline) {
    this.dns = dns.within(deadline.dividedBy(2));
    this.clock = clock;
    this.end = clock.instant().plus(deadline);
  }

  /**
   * Refuses a parameter {@code deadline} within which nobody could answer, or nobody would wait.
   */
  static void check(Duration deadline) {
    if (!deadline.isPositive() || deadline.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("deadline is a time like 3s, and 1m at most");
    }
  }

  /** What a list says of an entry; empty where it says nothing. */
  Optional<Points> ask(ListedZone list, String entry) {
    if (!clock.instant().isBefore(end)) {
      return Optional.empty();
    }
    return dns.ipv4(entry + "." + list.zone()).records().stream()
        .map(list::points)
        .flatMap(Optional::stream)
        .max((one, other) -> Double.compare(Math.abs(one.value()), Math.abs(other.value())));
  }

  /** The entry of an address (RFC 5782 §2.1, §2.4): its octets or nibbles from the last one on. */
  static String entry(InetAddress address) {
    byte[] octets = address.getAddress();
    StringBuilder out = new StringBuilder(64);
    for (int i = octets.length - 1; i >= 0; i--) {
      int octet = octets[i] & 0xff;
      if (octets.length == 4) {
        out.append(octet).append('.');
      } else {
        out.append(Character.forDigit(octet & 15, 16)).append('.');
        out.append(Character.forDigit(octet >> 4, 16)).append('.');
      }
    }
    return out.substring(0, out.length() - 1);
  }
}
