package dev.postrider.kernel.store.rocks;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What is needed of the spool to schedule it. Written by the committer only. */
final class SpoolHeap {

  /**
   * An entry in short.
   *
   * @param id of the mail
   * @param content that it holds
   * @param nextAttempt not to be run before
   * @param held whether it waits for an admin
   */
  record Slot(String id, long content, Instant nextAttempt, boolean held) {}

  private final NavigableMap<String, Slot> byId = new ConcurrentSkipListMap<>();
  private final NavigableSet<Slot> waiting =
      new ConcurrentSkipListSet<>(Comparator.comparing(Slot::nextAttempt).thenComparing(Slot::id));
  private final AtomicInteger count = new AtomicInteger();

  @Nullable Slot find(String id) {
    return byId.get(id);
  }

  void put(Slot slot) {
    Slot old = byId.put(slot.id(), slot);
    if (old == null) {
      count.incrementAndGet();
    } else {
      waiting.remove(old);
    }
    if (!slot.held()) {
      waiting.add(slot);
    }
  }

  void remove(String id) {
    Slot old = byId.remove(id);
    if (old != null) {
      waiting.remove(old);
      count.decrementAndGet();
    }
  }

  /** Ids of what is due, the longest waiting first. */
  List<String> due(Instant now, int limit) {
    List<String> ids = new ArrayList<>();
    for (Slot slot : waiting) {
      if (ids.size() == limit || slot.nextAttempt().isAfter(now)) {
        break;
      }
      ids.add(slot.id());
    }
    return ids;
  }

  Optional<Instant> nextDue() {
    for (Slot slot : waiting) {
      return Optional.of(slot.nextAttempt());
    }
    return Optional.empty();
  }

  List<String> after(String id, int limit) {
    return byId.tailMap(id, false).keySet().stream().limit(limit).toList();
  }

  int count() {
    return count.get();
  }
}
