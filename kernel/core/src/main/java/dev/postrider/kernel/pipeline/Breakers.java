package dev.postrider.kernel.pipeline;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts failures in a row per matcher and mailet. One that fails too often is not called for a
 * while, so that it costs mails no more than the mails it already hit. The same for one that has
 * too many calls under way that are over their deadline: each holds a thread, and a thread that
 * ignores its interrupt can't be ended. Holds no plugin but those that such a thread holds: after a
 * reload the old ones can go, whenever their last run ended. Thread: any.
 */
final class Breakers {
  private static final Logger LOG = LoggerFactory.getLogger(Breakers.class);

  private record Count(int failures, Instant last) {}

  /** A plugin by its identity: what its author made of equality does not count. */
  private static final class Key extends WeakReference<Object> {
    private final int hash;

    Key(Object plugin, ReferenceQueue<Object> collected) {
      super(plugin, collected);
      this.hash = System.identityHashCode(plugin);
    }

    Key(Object plugin) {
      super(plugin);
      this.hash = System.identityHashCode(plugin);
    }

    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public boolean equals(Object other) {
      Object plugin = get();
      return this == other || (plugin != null && other instanceof Key key && key.refersTo(plugin));
    }
  }

  private final Map<Key, Count> counts = new HashMap<>();
  private final ReferenceQueue<Object> collected = new ReferenceQueue<>();
  private final IdentityHashMap<Object, Integer> overTime = new IdentityHashMap<>();
  private final InstantSource clock;
  private final int limit;
  private final Duration coolDown;
  private final int overTimeLimit;
  private volatile boolean anyFailures;

  Breakers(InstantSource clock, PipelinePolicy policy) {
    this.clock = clock;
    this.limit = policy.breakerFailures();
    this.coolDown = policy.breakerCoolDown();
    this.overTimeLimit = policy.overTimeLimit();
  }

  /** Whether the plugin is not to be called now. */
  boolean open(Object plugin) {
    if (!anyFailures) {
      return false;
    }
    synchronized (counts) {
      if (overTime.getOrDefault(plugin, 0) >= overTimeLimit) {
        return true;
      }
      Count count = counts.get(new Key(plugin));
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
      Count count = counts.remove(new Key(plugin));
      anyFailures = !counts.isEmpty() || !overTime.isEmpty();
      if (count != null && count.failures() >= limit) {
        LOG.info("{}: {} works again", entry.place(), entry);
      }
    }
  }

  /** A call of the plugin is over its deadline and has not returned. */
  void overTime(Object plugin) {
    synchronized (counts) {
      anyFailures = true;
      if (overTime.merge(plugin, 1, Integer::sum) == overTimeLimit) {
        LOG.warn(
            "{} has {} calls that do not end; it is not called until one of them does",
            plugin.getClass().getName(),
            overTimeLimit);
      }
    }
  }

  /** Such a call returned after all. */
  void returned(Object plugin) {
    synchronized (counts) {
      overTime.computeIfPresent(plugin, (_, calls) -> calls == 1 ? null : calls - 1);
    }
  }

  void failed(Object plugin, Entry entry) {
    Instant now = clock.instant();
    synchronized (counts) {
      for (Reference<?> gone = collected.poll(); gone != null; gone = collected.poll()) {
        counts.remove(gone);
      }
      Key key = new Key(plugin, collected);
      Count count = counts.get(key);
      int failures = count == null ? 1 : count.failures() + 1;
      counts.put(key, new Count(failures, now));
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
