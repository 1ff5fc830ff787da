package dev.postrider.dist.server;

import dev.postrider.kernel.port.Carriers;
import dev.postrider.kernel.port.Timers;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees whether virtual threads get to run at all, whoever keeps the carriers. Calls of plugins are
 * looked at by their runs; a thread that a plugin started itself is not, and nobody can tell what
 * it keeps. So a thread that only says that it ran is started with each look: where it did not get
 * to that by the next look but one, there is one more carrier, and with each further look twice as
 * many. They go again one by one after quiet times, which get longer each time that this was too
 * early.
 *
 * <p>Thread: the looks are on the thread of the timers, which needs no carrier.
 */
final class CarrierWatch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(CarrierWatch.class);
  private static final Duration LOOK = Duration.ofMillis(250);
  private static final int TOO_LATE = 2;
  private static final int MOST_AT_ONCE = 16;
  private static final int QUIET = 240;
  private static final int LONGEST_QUIET = 64 * QUIET;

  private final Carriers carriers;
  private final Timers timers;
  private final Consumer<Runnable> threads;
  private volatile boolean ran = true;
  private Runnable cancel = () -> {};
  private boolean closed;
  private int late;
  private int more = 1;
  private int given;
  private int calm = QUIET;
  private int quiet = QUIET;

  /**
   * Looks at nothing yet.
   *
   * @param threads runs a task on a virtual thread
   */
  CarrierWatch(Carriers carriers, Timers timers, Consumer<Runnable> threads) {
    this.carriers = carriers;
    this.timers = timers;
    this.threads = threads;
  }

  synchronized void start() {
    if (!closed) {
      cancel = timers.shortlyAfter(LOOK, this::look);
    }
  }

  private synchronized void look() {
    if (closed) {
      return;
    }
    if (ran) {
      late = 0;
      more = 1;
      calm();
      ran = false;
      threads.accept(() -> ran = true);
    } else if (++late >= TOO_LATE) {
      give();
    }
    cancel = timers.shortlyAfter(LOOK, this::look);
  }

  private void give() {
    if (late == TOO_LATE) {
      quiet = calm < quiet ? Math.min(2 * quiet, LONGEST_QUIET) : QUIET;
      calm = 0;
    }
    if (given == 0) {
      LOG.warn(
          "no virtual thread got to run for {} ms: something computes without waiting on every"
              + " carrier, so there are more now; 'jcmd PID Thread.dump_to_file FILE' shows where"
              + " it is; mend the plugin whose it is",
          LOOK.toMillis() * TOO_LATE);
    }
    for (int i = 0; i < more; i++) {
      carriers.oneMore();
    }
    given += more;
    more = Math.min(2 * more, MOST_AT_ONCE);
  }

  private void calm() {
    calm = Math.min(calm + 1, LONGEST_QUIET);
    if (given > 0 && calm >= quiet) {
      calm = 0;
      given--;
      carriers.oneLess();
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    cancel.run();
    for (; given > 0; given--) {
      carriers.oneLess();
    }
  }
}
