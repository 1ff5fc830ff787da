package dev.postrider.dist;

import dev.postrider.kernel.port.Timers;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Timers on one thread that only starts others. */
final class ScheduledTimers implements Timers, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ScheduledTimers.class);

  private final ScheduledThreadPoolExecutor clockwork =
      new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name("timers").factory());

  ScheduledTimers() {
    clockwork.setRemoveOnCancelPolicy(true);
  }

  @Override
  public Runnable after(Duration delay, Runnable task) {
    ScheduledFuture<?> planned =
        clockwork.schedule(
            () -> Thread.ofVirtual().name("timer").start(() -> run(task)),
            delay.toNanos(),
            TimeUnit.NANOSECONDS);
    return () -> planned.cancel(false);
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
    clockwork.shutdownNow();
  }
}
