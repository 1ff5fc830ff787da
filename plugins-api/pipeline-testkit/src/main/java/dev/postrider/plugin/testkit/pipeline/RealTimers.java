package dev.postrider.plugin.testkit.pipeline;

import dev.postrider.kernel.port.Timers;
import java.time.Duration;

/** Timers of real time, so that a mailet that hangs ends its test. Thread: any. */
final class RealTimers implements Timers {

  @Override
  public Runnable after(Duration delay, Runnable task) {
    Thread waiting =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    Thread.sleep(delay);
                  } catch (InterruptedException e) {
                    return; // cancelled
                  }
                  task.run();
                });
    return () -> {
      if (!waiting.equals(Thread.currentThread())) {
        waiting.interrupt();
      }
    };
  }
}
