package dev.postrider.mailet.filtering.daemon;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Does something when a time passes that is set anew again and again, never later than a last
 * moment. One virtual thread, until closed. Set and closed by one thread.
 */
final class Alarm implements AutoCloseable {

  private final long last;
  private final Runnable action;
  private final Thread watch;
  private volatile long due;
  private volatile boolean over;
  private volatile boolean rung;

  /** Rings at the latest after this time. */
  Alarm(Duration longest, Runnable action) {
    this.last = System.nanoTime() + longest.toNanos();
    this.due = last;
    this.action = action;
    this.watch = Thread.ofVirtual().name("daemon-alarm").unstarted(this::watch);
  }

  /** Begins to watch. */
  void start() {
    watch.start();
  }

  /** Rings after this time from now unless it is set again before. */
  void set(Duration time) {
    long asked = System.nanoTime() + time.toNanos();
    due = asked - last < 0 ? asked : last;
    LockSupport.unpark(watch);
  }

  /** Whether it rang. */
  boolean rang() {
    return rung;
  }

  private void watch() {
    while (!over) {
      long left = due - System.nanoTime();
      if (left <= 0) {
        rung = true;
        action.run();
        return;
      }
      LockSupport.parkNanos(left);
    }
  }

  @Override
  public void close() {
    over = true;
    LockSupport.unpark(watch);
  }
}
