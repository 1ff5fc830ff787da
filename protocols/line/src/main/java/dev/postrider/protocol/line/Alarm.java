package dev.postrider.protocol.line;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One deadline that moves often and fires seldom: moving it later costs nothing, the timer that is
 * already set finds out when it goes off. Event loop only.
 */
final class Alarm {
  private static final long NEVER = Long.MAX_VALUE;

  private final EventExecutor loop;
  private final Runnable due;
  private long deadline = NEVER;
  private long armedFor = NEVER;
  private @Nullable Future<?> armed;

  Alarm(EventExecutor loop, Runnable due) {
    this.loop = loop;
    this.due = due;
  }

  long now() {
    return loop.ticker().nanoTime();
  }

  void set(long nanosFromNow) {
    deadline = now() + nanosFromNow;
    if (armed == null || deadline - armedFor < 0) {
      arm();
    }
  }

  void clear() {
    deadline = NEVER;
  }

  void cancel() {
    clear();
    if (armed != null) {
      armed.cancel(false);
      armed = null;
    }
  }

  private void arm() {
    if (armed != null) {
      armed.cancel(false);
    }
    armedFor = deadline;
    armed = loop.schedule(this::ring, Math.max(0, deadline - now()), TimeUnit.NANOSECONDS);
  }

  private void ring() {
    armed = null;
    if (deadline == NEVER) {
      return;
    }
    if (deadline - now() > 0) {
      arm();
      return;
    }
    clear();
    due.run();
  }
}
