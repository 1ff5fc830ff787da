package dev.postrider.kernel.outbound;

import java.time.Instant;
import java.util.Comparator;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What waits for one destination, and how the destination behaves. Guarded by {@link Lanes}. */
final class Lane {

  final String destination;
  final TreeSet<QueueSummary> waiting =
      new TreeSet<>(
          Comparator.comparing(QueueSummary::nextAttempt).thenComparing(QueueSummary::id));

  /** Workers that run. */
  int active;

  /** Workers among them that have not taken their first entry. */
  int coming;

  /** How many workers may run: grows with success. */
  int window = 1;

  /** Failures to reach the destination in a row. */
  int failures;

  Instant blockedUntil = Instant.MIN;

  /** Under which this lane stands in the order of lanes; null while it does not. */
  @Nullable Instant readyAt;

  Lane(String destination) {
    this.destination = destination;
  }

  /** When another worker makes sense; null where none does. */
  @Nullable Instant nextStart() {
    if (active >= window || waiting.size() <= coming) {
      return null;
    }
    Instant first = waiting.first().nextAttempt();
    return first.isBefore(blockedUntil) ? blockedUntil : first;
  }
}
