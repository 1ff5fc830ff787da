package dev.postrider.kernel.spool;

import dev.postrider.kernel.pipeline.Pipeline;
import dev.postrider.kernel.port.Timers;
import dev.postrider.kernel.store.Batch;
import dev.postrider.kernel.store.Change;
import dev.postrider.kernel.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs what is in the spool: at start all that is due, later what the store tells of and what
 * becomes due, a bounded number at a time on virtual threads. Mails that were being run when an
 * earlier process died come first and one by one; one whose run never came to its end is held.
 * Thread: any.
 */
public final class SpoolWorker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SpoolWorker.class);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(30);
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
  private static final int DEATHS = 3;

  private enum Scan {
    NONE,
    UNDER_WAY,
    AND_AGAIN
  }

  private final Store store;
  private final Supplier<Pipeline> pipeline;
  private final SpoolRun runs;
  private final RunsInFlight inFlight;
  private final RunNotes notes;
  private final Timers timers;
  private final InstantSource clock;
  private final SpoolPolicy policy;
  private final Semaphore places;
  private Scan scan = Scan.NONE;
  private boolean stopped = true;
  private Runnable cancelTimer = () -> {};

  /** Does nothing before {@link #start}. */
  public SpoolWorker(
      Store store,
      Supplier<Pipeline> pipeline,
      SpoolRun runs,
      RunsInFlight inFlight,
      RunNotes notes,
      Timers timers,
      InstantSource clock,
      SpoolPolicy policy) {
    this.store = store;
    this.pipeline = pipeline;
    this.runs = runs;
    this.inFlight = inFlight;
    this.notes = notes;
    this.timers = timers;
    this.clock = clock;
    this.policy = policy;
    this.places = new Semaphore(policy.concurrency());
  }

  /** Begins to work; once. */
  public void start() {
    synchronized (this) {
      stopped = false;
      scan = Scan.UNDER_WAY;
    }
    inFlight.whenReleased(this::poke);
    store.watch(this::committed);
    Thread.ofVirtual()
        .name("spool")
        .start(
            () -> {
              notes.left().forEach(this::runAlone);
              scan();
            });
  }

  // With no other beside it, so that if the process dies again it is known of which mail.
  private void runAlone(String id, int times) {
    if (isStopped() || !inFlight.claim(id)) {
      return;
    }
    places.acquireUninterruptibly();
    work(id, times + 1);
  }

  private void committed(Batch batch) {
    for (Change change : batch.changes()) {
      if (change instanceof Change.Spool spooled && spooled.entry().held().isEmpty()) {
        poke();
        return;
      }
    }
  }

  /** Makes the worker look at the spool soon. Returns at once. */
  public synchronized void poke() {
    if (stopped) {
      return;
    }
    if (scan == Scan.NONE) {
      scan = Scan.UNDER_WAY;
      Thread.ofVirtual().name("spool").start(this::scan);
    } else {
      scan = Scan.AND_AGAIN;
    }
  }

  private void scan() {
    do {
      try {
        look();
      } catch (RuntimeException e) {
        LOG.error("the spool can't be read; looking again later", e);
        wake(PAUSE_AFTER_FAILURE);
      }
    } while (again());
  }

  private synchronized boolean again() {
    scan = scan == Scan.AND_AGAIN && !stopped ? Scan.UNDER_WAY : Scan.NONE;
    return scan == Scan.UNDER_WAY;
  }

  private void look() {
    Instant now = clock.instant();
    // Entries in flight are still due in the store, and must not hide the others.
    int limit = policy.concurrency() + inFlight.count();
    for (SpoolEntry entry : store.spool().due(now, limit)) {
      if (!places.tryAcquire()) {
        return; // there is another look when one is free
      }
      if (!inFlight.claim(entry.id())) {
        places.release();
      } else {
        Thread.ofVirtual().name("spool-" + entry.id()).start(() -> work(entry.id(), 1));
      }
    }
    Optional<Instant> next = store.spool().nextDue();
    if (next.isPresent()) {
      Duration wait = Duration.between(now, next.get());
      wake(wait.isPositive() ? wait : LOOK_AGAIN);
    }
  }

  private synchronized void wake(Duration delay) {
    cancelTimer.run();
    cancelTimer = stopped ? () -> {} : timers.after(delay, this::poke);
  }

  private void work(String id, int times) {
    boolean settled = false;
    try {
      settled = isStopped() || runAgain(id, times);
    } catch (RuntimeException e) {
      LOG.error("mail {} stays in the spool: its run failed", id, e);
    } finally {
      places.release();
      if (settled) {
        inFlight.release(id);
      } else {
        later(id);
      }
    }
  }

  // Between the look and the claim somebody else may have settled or changed it.
  private boolean runAgain(String id, int times) {
    Optional<SpoolEntry> entry = store.spool().entry(id);
    try {
      if (entry.isEmpty()
          || entry.get().held().isPresent()
          || entry.get().nextAttempt().isAfter(clock.instant())) {
        return true;
      }
      if (times > DEATHS) {
        LOG.error("mail {} is held: the server died {} times while it was run", id, DEATHS);
        return runs.hold(
            entry.get(),
            "the server died "
                + DEATHS
                + " times while this mail was run; mend or remove the plugin that did it");
      }
      notes.began(id, times);
      return runs.run(entry.get(), pipeline.get());
    } finally {
      notes.ended(id);
    }
  }

  private void later(String id) {
    if (isStopped()) {
      inFlight.release(id);
      return;
    }
    timers.after(PAUSE_AFTER_FAILURE, () -> inFlight.release(id));
  }

  private synchronized boolean isStopped() {
    return stopped;
  }

  /** Begins no more runs, and waits for those under way, bounded by the policy; repeatable. */
  @Override
  public void close() {
    synchronized (this) {
      stopped = true;
      cancelTimer.run();
    }
    try {
      if (!places.tryAcquire(
          policy.concurrency(), policy.stopTimeout().toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("runs of the spool did not end in time; they are made again at the next start");
      } else {
        places.release(policy.concurrency());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      notes.stopped();
    }
  }
}
