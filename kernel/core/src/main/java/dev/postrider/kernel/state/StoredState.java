package dev.postrider.kernel.state;

import dev.postrider.kernel.store.Change;
import dev.postrider.kernel.store.CommitResult;
import dev.postrider.plugin.service.PluginState;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The state of one plugin. All its changes come through here. */
final class StoredState implements PluginState {

  /** Makes changes durable, all or none. */
  @FunctionalInterface
  interface Commit {
    /** Returns when they are on stable storage, or not. */
    CommitResult commit(List<Change> changes);
  }

  private static final int LOCKS = 64;

  private final String plugin;
  private final StateRows rows;
  private final Commit commit;
  // Changes of different keys share one sync of the store; those of one key wait for each other.
  private final ReentrantLock[] locks = new ReentrantLock[LOCKS];
  private final ReentrantLock counting = new ReentrantLock();
  private volatile @Nullable AtomicLong total;

  StoredState(String plugin, StateRows rows, Commit commit) {
    this.plugin = plugin;
    this.rows = rows;
    this.commit = commit;
    for (int i = 0; i < LOCKS; i++) {
      locks[i] = new ReentrantLock();
    }
  }

  @Override
  public Optional<byte[]> get(String key) {
    checkKey(key);
    return rows.value(plugin, key).map(StateValue::octets);
  }

  @Override
  public void put(String key, byte[] value) {
    checkKey(key);
    StateValue next = checked(value);
    locked(
        key,
        () -> {
          set(key, rows.value(plugin, key), next);
          return true;
        });
  }

  @Override
  public boolean replace(String key, Optional<byte[]> expected, byte[] value) {
    checkKey(key);
    StateValue next = checked(value);
    Optional<StateValue> before = expected.map(StateValue::of);
    return locked(
        key,
        () -> {
          Optional<StateValue> present = rows.value(plugin, key);
          if (!present.equals(before)) {
            return false;
          }
          set(key, present, next);
          return true;
        });
  }

  @Override
  public boolean remove(String key) {
    checkKey(key);
    return locked(
        key,
        () -> {
          Optional<StateValue> present = rows.value(plugin, key);
          if (present.isEmpty()) {
            return false;
          }
          AtomicLong used = used();
          make(List.of(new Change.RemoveState(plugin, key)));
          used.addAndGet(-size(key, present.get()));
          return true;
        });
  }

  @Override
  public List<String> keys(String prefix, String after, int limit) {
    return limit <= 0 ? List.of() : rows.keys(plugin, prefix, after, limit);
  }

  private void set(String key, Optional<StateValue> present, StateValue next) {
    long more = size(key, next) - present.map(old -> size(key, old)).orElse(0L);
    AtomicLong used = used();
    if (used.addAndGet(more) > MAX_TOTAL && more > 0) {
      used.addAndGet(-more);
      throw new Unavailable(
          "the plugin '%s' has %d MiB of state; remove some of it first"
              .formatted(plugin, MAX_TOTAL >> 20));
    }
    boolean kept = false;
    try {
      make(List.of(new Change.PutState(plugin, key, next)));
      kept = true;
    } finally {
      if (!kept) {
        used.addAndGet(-more);
      }
    }
  }

  /**
   * Removes keys that still have these values, and makes other changes, in one step; false where
   * one has not.
   */
  boolean removeWith(Map<String, byte[]> expected, List<Change> others) {
    List<ReentrantLock> held =
        expected.keySet().stream()
            .map(StoredState::stripe)
            .distinct()
            .sorted()
            .map(stripe -> locks[stripe])
            .toList();
    held.forEach(ReentrantLock::lock);
    try {
      List<Change> changes = new ArrayList<>(others);
      long less = 0;
      for (Map.Entry<String, byte[]> each : expected.entrySet()) {
        StateValue value = StateValue.of(each.getValue());
        if (!rows.value(plugin, each.getKey()).equals(Optional.of(value))) {
          return false;
        }
        changes.add(new Change.RemoveState(plugin, each.getKey()));
        less += size(each.getKey(), value);
      }
      if (!changes.isEmpty()) {
        AtomicLong used = used();
        make(changes);
        used.addAndGet(-less);
      }
      return true;
    } finally {
      held.reversed().forEach(ReentrantLock::unlock);
    }
  }

  private void make(List<Change> changes) {
    switch (commit.commit(changes)) {
      case CommitResult.Committed _ -> {}
      case CommitResult.Conflict(String what) -> throw new Unavailable(what);
      case CommitResult.Full(String reason) -> throw new Unavailable(reason);
      case CommitResult.Failed(String reason) -> throw new Unavailable(reason);
      case CommitResult.Unclear(String reason) -> throw new Unavailable(reason);
    }
  }

  // Counted when the plugin changes something for the first time: most servers never need it.
  private AtomicLong used() {
    AtomicLong known = total;
    if (known != null) {
      return known;
    }
    counting.lock();
    try {
      AtomicLong counted = total;
      if (counted == null) {
        counted = new AtomicLong(rows.octets(plugin));
        total = counted;
      }
      return counted;
    } finally {
      counting.unlock();
    }
  }

  private <T> T locked(String key, Supplier<T> change) {
    ReentrantLock lock = locks[stripe(key)];
    lock.lock();
    try {
      return change.get();
    } finally {
      lock.unlock();
    }
  }

  private static int stripe(String key) {
    return Math.floorMod(key.hashCode(), LOCKS);
  }

  static long size(String key, StateValue value) {
    return octets(key) + (long) value.size();
  }

  private static int octets(String key) {
    return key.getBytes(StandardCharsets.UTF_8).length;
  }

  private static void checkKey(String key) {
    int octets = octets(key);
    if (octets < 1 || octets > MAX_KEY) {
      throw new IllegalArgumentException(
          "a key has 1 to " + MAX_KEY + " octets in UTF-8, not " + octets);
    }
  }

  private static StateValue checked(byte[] value) {
    if (value.length > MAX_VALUE) {
      throw new IllegalArgumentException(
          "a value has at most " + MAX_VALUE + " octets, not " + value.length);
    }
    return StateValue.of(value);
  }
}
