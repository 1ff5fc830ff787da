package dev.postrider.dist.pipeline;

import dev.postrider.kernel.port.Timers;
import io.netty.util.HashedWheelTimer;
import io.netty.util.Timeout;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Timers on one thread that only starts others. Nearly all are cancelled before they are due, one
 * or two per mail, so setting and cancelling take no lock and wake nobody; the price is that a task
 * may be late by a tick.
 */
public final class WheelTimers implements Timers, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(WheelTimers.class);
  private static final long TICK_MILLIS = 25;
  private static final int TICKS = 512;

  private final HashedWheelTimer wheel =
      new HashedWheelTimer(
          new DefaultThreadFactory("timers", true),
          TICK_MILLIS,
          TimeUnit.MILLISECONDS,
          TICKS,
          false);

  @Override
  public Runnable after(Duration delay, Runnable task) {
    if (!delay.isPositive()) {
      start(task);
      return () -> {};
    }
    Timeout planned = wheel.newTimeout(due -> start(task), delay.toNanos(), TimeUnit.NANOSECONDS);
    return planned::cancel;
  }

  @Override
  public Runnable shortlyAfter(Duration delay, Runnable task) {
    Timeout planned = wheel.newTimeout(due -> task.run(), delay.toNanos(), TimeUnit.NANOSECONDS);
    return planned::cancel;
  }

  private static void start(Runnable task) {
    Thread.ofVirtual().name("timer").start(() -> run(task));
  }

  private static void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.error("a timed task failed", e);
    }
  }

  @Override
  public void close() {
    wheel.stop();
  }
}
