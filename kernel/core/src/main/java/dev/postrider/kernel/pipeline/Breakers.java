package dev.postrider.kernel.pipeline;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.IdentityHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts failures in a row per matcher and mailet. One that fails too often is not called for a
 * while, so that it costs mails no more than the mails it already hit. Thread: any.
 */
final class Breakers {
  private static final Logger LOG = LoggerFactory.getLogger(Breakers.class);
  // After a reload nobody asks for the plugins of the old pipeline any more.
  private static final Duration FORGOTTEN_AFTER = Duration.ofHours(1);

  private record Count(int failures, Instant last) {}

  private final IdentityHashMap<Object, Count> counts = new IdentityHashMap<>();
  private final InstantSource clock;
  private final int limit;
  private final Duration coolDown;
  private volatile boolean anyFailures;

  Breakers(InstantSource clock, PipelinePolicy policy) {
    this.clock = clock;
    this.limit = policy.breakerFailures();
    this.coolDown = policy.breakerCoolDown();
  }

  /** Whether the plugin is not to be called now. */
  boolean open(Object plugin) {
    if (!anyFailures) {
      return false;
    }
    synchronized (counts) {
      Count count = counts.get(plugin);
      return count != null
          && count.failures() >= limit
          && clock.instant().isBefore(count.last().plus(coolDown));
    }
  }

  void succeeded(Object plugin, Entry entry) {
    if (!anyFailures) {
      return;
    }
    synchronized (counts) {
      Count count = counts.remove(plugin);
      anyFailures = !counts.isEmpty();
      if (count != null && count.failures() >= limit) {
        LOG.info("{}: {} works again", entry.place(), entry);
      }
    }
  }

  void failed(Object plugin, Entry entry) {
    Instant now = clock.instant();
    synchronized (counts) {
      counts.values().removeIf(count -> count.last().plus(FORGOTTEN_AFTER).isBefore(now));
      Count count = counts.get(plugin);
      int failures = count == null ? 1 : count.failures() + 1;
      counts.put(plugin, new Count(failures, now));
      anyFailures = true;
      if (failures >= limit) {
        LOG.warn(
            "{}: {} failed {} times in a row and is not called for {} s",
            entry.place(),
            entry,
            failures,
            coolDown.toSeconds());
      }
    }
  }
}
