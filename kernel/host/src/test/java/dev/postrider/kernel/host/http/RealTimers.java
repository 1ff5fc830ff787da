package dev.postrider.kernel.host.http;

import dev.postrider.kernel.port.Timers;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Timers of the real clock. */
final class RealTimers implements Timers, AutoCloseable {

  private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();

  @Override
  public Runnable after(Duration delay, Runnable task) {
    ScheduledFuture<?> planned = executor.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    return () -> planned.cancel(false);
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
