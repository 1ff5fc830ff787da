package dev.postrider.kernel.store.rocks;

import dev.postrider.kernel.outbound.QueueSummary;
import java.util.List;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The outbound queue in short. Written by the committer only. */
final class QueueHeap {

  /** An entry in short, the content that it holds, and its version. */
  record Slot(QueueSummary summary, long content, long version) {}

  private final NavigableMap<String, Slot> byId = new ConcurrentSkipListMap<>();
  private final AtomicInteger count = new AtomicInteger();

  @Nullable Slot find(String id) {
    return byId.get(id);
  }

  void put(String id, Slot slot) {
    if (byId.put(id, slot) == null) {
      count.incrementAndGet();
    }
  }

  void remove(String id) {
    if (byId.remove(id) != null) {
      count.decrementAndGet();
    }
  }

  List<QueueSummary> summaries() {
    return byId.values().stream().map(Slot::summary).toList();
  }

  List<String> after(String id, int limit) {
    return byId.tailMap(id, false).keySet().stream().limit(limit).toList();
  }

  int count() {
    return count.get();
  }
}
