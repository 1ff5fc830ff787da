package dev.postrider.kernel.contracts;

import dev.postrider.kernel.port.Timers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Clock and timers that stand still until {@link #advance}, which runs due tasks in their order on
 * the calling thread. Thread: any.
 */
public final class VirtualTime implements InstantSource, Timers {

  private record Task(Instant at, long order, Runnable body) {}

  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(Comparator.comparing(Task::at).thenComparingLong(Task::order));
  private Instant now;
  private long order;

  /** Starts at this instant. */
  public VirtualTime(Instant start) {
    this.now = start;
  }

  /** Starts at noon of a fixed day. */
  public VirtualTime() {
    this(Instant.parse("2026-01-15T12:00:00Z"));
  }

  @Override
  public synchronized Instant instant() {
    return now;
  }

  @Override
  public synchronized Runnable after(Duration delay, Runnable body) {
    Task task = new Task(now.plus(delay), order++, body);
    tasks.add(task);
    return () -> cancel(task);
  }

  private synchronized void cancel(Task task) {
    tasks.remove(task);
  }

  /** Moves the clock on and runs all that becomes due, each at its own instant. */
  public void advance(Duration step) {
    Instant target = instant().plus(step);
    for (Task task = takeDue(target); task != null; task = takeDue(target)) {
      task.body().run();
    }
    synchronized (this) {
      now = target;
    }
  }

  private synchronized @Nullable Task takeDue(Instant target) {
    Task next = tasks.peek();
    if (next == null || next.at().isAfter(target)) {
      return null;
    }
    tasks.remove();
    now = next.at().isAfter(now) ? next.at() : now;
    return next;
  }
}
