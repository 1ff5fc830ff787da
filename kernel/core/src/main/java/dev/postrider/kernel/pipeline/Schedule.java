package dev.postrider.kernel.pipeline;

import dev.postrider.kernel.port.Timers;
import dev.postrider.plugin.Scheduled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives {@link Scheduled} mailets of the pipeline in use their turns. After a reload the new ones
 * have turns, and the old ones no more. The pace is that of the timers: a clock that jumps changes
 * nothing. Thread: any.
 */
public final class Schedule implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Schedule.class);
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration LAST_WAIT = Duration.ofSeconds(5);

  /** What is known of a mailet: when its next turn is, or that it has one. */
  private static final class Place {
    private final String shown;
    private long looks;
    private boolean busy;
    private boolean failing;

    Place(String shown) {
      this.shown = shown;
    }
  }

  private final Supplier<Pipeline> pipeline;
  private final Timers timers;
  private final Patience patience;
  // Instances are told apart by identity: two entries may be equal.
  private IdentityHashMap<Scheduled, Place> places = new IdentityHashMap<>();
  // Those of earlier pipelines too.
  private final Set<Place> busy = new HashSet<>();
  private final Set<Thread> waiting = new HashSet<>();
  private boolean stopped = true;
  private Runnable cancel = () -> {};

  /**
   * Does nothing before {@link #start}.
   *
   * @param patience waits so long for each turn
   */
  public Schedule(Supplier<Pipeline> pipeline, Timers timers, Patience patience) {
    this.pipeline = pipeline;
    this.timers = timers;
    this.patience = patience;
  }

  /** Begins to give turns; once. */
  public synchronized void start() {
    stopped = false;
    cancel = timers.after(LOOK, this::look);
  }

  private synchronized void look() {
    if (stopped) {
      return;
    }
    cancel = timers.after(LOOK, this::look);
    IdentityHashMap<Scheduled, Place> present = new IdentityHashMap<>();
    for (Processor processor : pipeline.get().processors().values()) {
      for (Entry entry : processor.entries()) {
        if (entry.mailet() instanceof Scheduled scheduled) {
          Place known = places.get(scheduled);
          present.put(
              scheduled,
              known == null ? new Place(entry.mailetText() + " of " + entry.place()) : known);
        }
      }
    }
    places = present;
    places.forEach(this::look);
  }

  private void look(Scheduled scheduled, Place place) {
    if (!place.busy && --place.looks <= 0) {
      place.busy = true;
      busy.add(place);
      Thread.ofVirtual().name("turn-" + place.shown).start(() -> turn(scheduled, place));
    }
  }

  private void turn(Scheduled scheduled, Place place) {
    begin();
    try {
      patience.call(
          () -> {
            act(scheduled, place);
            return true;
          });
    } catch (Patience.Exhausted e) {
      if (!Thread.currentThread().isInterrupted()) {
        LOG.error(
            "a turn of {} {}; it is interrupted, and no other one begins before it ends",
            place.shown,
            e.getMessage());
      }
    } catch (RuntimeException | Error e) {
      // A turn that has no thread to begin on; what it throws itself does not get here.
      LOG.error("a turn of {} could not begin", place.shown, e);
      end(place, Duration.ZERO);
    } finally {
      endWait();
    }
  }

  private void act(Scheduled scheduled, Place place) {
    Duration every = LOOK;
    boolean failed = true;
    try {
      every = Objects.requireNonNullElse(scheduled.every(), LOOK);
      scheduled.turn();
      failed = false;
    } catch (RuntimeException | Error e) {
      tell(place, e);
    } finally {
      place.failing = failed;
      end(place, every);
    }
  }

  // One in a row, else a full disk fills the log.
  private static void tell(Place place, Throwable e) {
    if (place.failing) {
      LOG.debug("a turn of {} failed again", place.shown, e);
    } else {
      LOG.error(
          "a turn of {} failed; those that follow are told only after one that did not",
          place.shown,
          e);
    }
  }

  private synchronized void begin() {
    waiting.add(Thread.currentThread());
  }

  private synchronized void endWait() {
    waiting.remove(Thread.currentThread());
  }

  private synchronized void end(Place place, Duration every) {
    place.busy = false;
    place.looks = Math.max(1, every.dividedBy(LOOK));
    busy.remove(place);
    notifyAll();
  }

  /** No turn begins any more; those that have begun are waited for, a few seconds. */
  @Override
  public void close() {
    List<String> left = new ArrayList<>();
    synchronized (this) {
      stopped = true;
      cancel.run();
      long deadline = System.nanoTime() + LAST_WAIT.toNanos();
      try {
        while (isBusy() && System.nanoTime() < deadline) {
          wait(100);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      busy.forEach(place -> left.add(place.shown));
      waiting.forEach(Thread::interrupt);
    }
    if (!left.isEmpty()) {
      LOG.warn("turns of {} have not ended and are interrupted", left);
    }
  }

  /** Whether a turn has begun that has not ended. */
  public synchronized boolean isBusy() {
    return !busy.isEmpty();
  }
}
