package dev.postrider.kernel.port;

import java.time.Duration;

/**
 * Runs tasks later; virtual in tests. Thread: any. A task runs on a virtual thread of its own; an
 * exception it throws is logged.
 */
public interface Timers {

  /**
   * Runs the task once after the delay.
   *
   * @return cancels it where it has not begun
   */
  Runnable after(Duration delay, Runnable task);

  /**
   * As {@link #after}, but where it can be, on a thread of the timers' own: also when no virtual
   * thread gets to run. The task must be short and never wait.
   */
  default Runnable shortlyAfter(Duration delay, Runnable task) {
    return after(delay, task);
  }
}
