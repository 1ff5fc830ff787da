package dev.postrider.kernel.guard;

import dev.postrider.plugin.Network;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which networks a check has shown to send for which domains, for a day each. The least recently
 * seen are forgotten where there are too many. Thread: any; answers from memory.
 */
final class ProvenHosts {

  private static final Duration REMEMBERED = Duration.ofDays(1);

  private record Key(String domain, Network network) {}

  private final InstantSource clock;
  private final Map<Key, Instant> until;

  ProvenHosts(InstantSource clock, int most) {
    this.clock = clock;
    this.until =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<Key, Instant> eldest) {
            return size() > most;
          }
        };
  }

  synchronized void add(String domain, InetAddress client) {
    until.put(new Key(domain, ClientNetwork.of(client)), clock.instant().plus(REMEMBERED));
  }

  synchronized boolean contains(String domain, InetAddress client) {
    Instant end = until.get(new Key(domain, ClientNetwork.of(client)));
    return end != null && clock.instant().isBefore(end);
  }

  synchronized int size() {
    return until.size();
  }
}
