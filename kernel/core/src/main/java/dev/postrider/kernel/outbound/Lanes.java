package dev.postrider.kernel.outbound;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Which entries wait for which destination, and which are being worked on: the memory of the
 * scheduler, which can be made anew from the queue at any time. Never blocks. Thread: any.
 */
final class Lanes {

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Lane> lanes = new HashMap<>();
  private final Map<String, QueueSummary> known = new HashMap<>();

  /** Entries being worked on, with what the queue said about them meanwhile. */
  private final Map<String, Optional<QueueSummary>> taken = new HashMap<>();

  private final TreeSet<Lane> order =
      new TreeSet<>(
          Comparator.comparing(
                  (Lane lane) -> lane.readyAt, Comparator.nullsLast(Comparator.naturalOrder()))
              .thenComparing(lane -> lane.destination));
  private final int mostWorkers;
  private final int mostPerLane;
  private int workers;

  Lanes(int mostWorkers, int mostPerLane) {
    this.mostWorkers = mostWorkers;
    this.mostPerLane = mostPerLane;
  }

  /** The queue holds this entry now, new or changed. */
  void put(QueueSummary summary, Instant now) {
    lock.lock();
    try {
      if (taken.containsKey(summary.id())) {
        taken.put(summary.id(), Optional.of(summary));
        return;
      }
      QueueSummary before = known.get(summary.id());
      drop(summary.id());
      if (!summary.held()) {
        known.put(summary.id(), summary);
        Lane lane = lanes.computeIfAbsent(summary.destination(), Lane::new);
        lane.waiting.add(summary);
        // Somebody who makes a waiting entry due wants to see it tried.
        if (before != null
            && before.nextAttempt().isAfter(now)
            && !summary.nextAttempt().isAfter(now)) {
          lane.blockedUntil = Instant.MIN;
        }
        place(lane);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Adds an entry unless it is known already. */
  void putIfNew(QueueSummary summary, Instant now) {
    lock.lock();
    try {
      if (!known.containsKey(summary.id())) {
        put(summary, now);
      }
    } finally {
      lock.unlock();
    }
  }

  /** The queue does not hold this entry any more. */
  void remove(String id) {
    lock.lock();
    try {
      if (taken.containsKey(id)) {
        taken.put(id, Optional.empty());
      } else {
        drop(id);
      }
    } finally {
      lock.unlock();
    }
  }

  private void drop(String id) {
    QueueSummary before = known.remove(id);
    Lane lane = before == null ? null : lanes.get(before.destination());
    if (before != null && lane != null) {
      lane.waiting.remove(before);
      place(lane);
    }
  }

  private void place(Lane lane) {
    if (lane.readyAt != null) {
      order.remove(lane);
    }
    lane.readyAt = lane.nextStart();
    if (lane.readyAt != null) {
      order.add(lane);
    } else if (lane.active == 0 && lane.waiting.isEmpty()) {
      lanes.remove(lane.destination);
    }
  }

  /** Reserves workers for what is due; the caller starts one for each lane named. */
  List<Lane> start(Instant now) {
    lock.lock();
    try {
      List<Lane> out = new ArrayList<>();
      while (workers < mostWorkers && !order.isEmpty() && isDue(order.first(), now)) {
        Lane lane = order.first();
        workers++;
        lane.active++;
        lane.coming++;
        place(lane);
        out.add(lane);
      }
      return out;
    } finally {
      lock.unlock();
    }
  }

  private static boolean isDue(Lane lane, Instant now) {
    return lane.readyAt != null && !lane.readyAt.isAfter(now);
  }

  /** When {@link #start} would next find something; empty where only a worker's end can tell. */
  Optional<Instant> nextStart() {
    lock.lock();
    try {
      return workers >= mostWorkers || order.isEmpty()
          ? Optional.empty()
          : Optional.ofNullable(order.first().readyAt);
    } finally {
      lock.unlock();
    }
  }

  /** A worker has begun; it has not taken anything yet. */
  void begun(Lane lane) {
    lock.lock();
    try {
      lane.coming--;
      place(lane);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Hands out the next due entry of the lane; {@link #release} gives it back.
   *
   * @param evenBlocked whether to look past a block of the destination
   */
  Optional<QueueSummary> take(Lane lane, Instant now, boolean evenBlocked) {
    lock.lock();
    try {
      boolean blocked = lane.blockedUntil.isAfter(now) && !evenBlocked;
      if (blocked || lane.waiting.isEmpty() || lane.waiting.first().nextAttempt().isAfter(now)) {
        return Optional.empty();
      }
      QueueSummary first = lane.waiting.first();
      lane.waiting.remove(first);
      taken.put(first.id(), Optional.of(first));
      known.remove(first.id());
      place(lane);
      return Optional.of(first);
    } finally {
      lock.unlock();
    }
  }

  /**
   * The work on an entry is over.
   *
   * @param notBefore for an entry that the queue still holds unchanged: when to look at it again
   */
  void release(QueueSummary entry, Instant notBefore, Instant now) {
    lock.lock();
    try {
      Optional<QueueSummary> latest = taken.remove(entry.id());
      if (latest != null && latest.isPresent()) {
        QueueSummary said = latest.get();
        boolean unchanged = said.equals(entry);
        put(unchanged ? later(said, notBefore) : said, now);
      }
    } finally {
      lock.unlock();
    }
  }

  private static QueueSummary later(QueueSummary summary, Instant at) {
    return new QueueSummary(summary.id(), summary.destination(), at, summary.held());
  }

  /** The destination took part in a transfer. */
  void reached(Lane lane) {
    lock.lock();
    try {
      lane.failures = 0;
      lane.blockedUntil = Instant.MIN;
      lane.window = Math.min(lane.window + 1, mostPerLane);
      place(lane);
    } finally {
      lock.unlock();
    }
  }

  /** The destination can't be reached: nobody tries it for a while. */
  void unreachable(Lane lane, Backoff backoff, Instant now) {
    lock.lock();
    try {
      lane.window = 1;
      if (!lane.blockedUntil.isAfter(now)) {
        lane.failures++;
        lane.blockedUntil = now.plus(backoff.forHost(lane.failures));
      }
      place(lane);
    } finally {
      lock.unlock();
    }
  }

  /** A worker has ended. */
  void ended(Lane lane) {
    lock.lock();
    try {
      workers--;
      lane.active--;
      place(lane);
    } finally {
      lock.unlock();
    }
  }

  /** Workers that run. */
  int workers() {
    lock.lock();
    try {
      return workers;
    } finally {
      lock.unlock();
    }
  }

  /** The lane of a destination, for tests and figures. */
  @Nullable Lane lane(String destination) {
    lock.lock();
    try {
      return lanes.get(destination);
    } finally {
      lock.unlock();
    }
  }
}
