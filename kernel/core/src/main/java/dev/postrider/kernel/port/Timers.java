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
}
