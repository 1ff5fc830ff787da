package dev.postrider.kernel.pipeline;

import dev.postrider.kernel.port.Timers;
import java.time.Duration;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;

/** Timers that fire when a test says so. */
final class HandTimers implements Timers {
  private final Deque<Runnable> tasks = new ConcurrentLinkedDeque<>();

  @Override
  public Runnable after(Duration delay, Runnable task) {
    tasks.addLast(task);
    return () -> tasks.remove(task);
  }

  /** Runs the oldest task; false where there is none. */
  boolean fire() {
    Runnable task = tasks.pollFirst();
    if (task != null) {
      task.run();
    }
    return task != null;
  }

  int waiting() {
    return tasks.size();
  }
}
