package dev.postrider.kernel.pipeline;

import dev.postrider.kernel.port.Timers;
import dev.postrider.plugin.Scheduled;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives {@link Scheduled} mailets of the pipeline in use their turns, each on a virtual thread of
 * its own. After a reload the new ones have turns, and the old ones no more. Thread: any.
 */
public final class Schedule implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Schedule.class);
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration TOO_LONG = Duration.ofMinutes(1);
  private static final Duration LAST_WAIT = Duration.ofSeconds(5);

  /** What is known of a mailet: when its next turn is, or that it has one. */
  private static final class Place {
    private final String shown;
    private Instant since;
    private boolean busy;
    private boolean told;

    Place(String shown, Instant now) {
      this.shown = shown;
      this.since = now;
    }
  }

  private final Supplier<Pipeline> pipeline;
  private final Timers timers;
  private final InstantSource clock;
  // Instances are told apart by identity: two entries may be equal.
  private IdentityHashMap<Scheduled, Place> places = new IdentityHashMap<>();
  private boolean stopped = true;
  private Runnable cancel = () -> {};

  /** Does nothing before {@link #start}. */
  public Schedule(Supplier<Pipeline> pipeline, Timers timers, InstantSource clock) {
    this.pipeline = pipeline;
    this.timers = timers;
    this.clock = clock;
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
    Instant now = clock.instant();
    IdentityHashMap<Scheduled, Place> present = new IdentityHashMap<>();
    for (Processor processor : pipeline.get().processors().values()) {
      for (Entry entry : processor.entries()) {
        if (entry.mailet() instanceof Scheduled scheduled) {
          Place known = places.get(scheduled);
          present.put(
              scheduled,
              known == null ? new Place(entry.mailetText() + " of " + entry.place(), now) : known);
        }
      }
    }
    places = present;
    places.forEach((scheduled, place) -> look(scheduled, place, now));
    cancel = timers.after(LOOK, this::look);
  }

  private void look(Scheduled scheduled, Place place, Instant now) {
    if (!place.busy && !now.isBefore(place.since)) {
      place.busy = true;
      place.since = now;
      Thread.ofVirtual().name("turn-" + place.shown).start(() -> turn(scheduled, place));
    } else if (place.busy && !place.told && now.isAfter(place.since.plus(TOO_LONG))) {
      place.told = true;
      LOG.warn("{} has had its turn for more than a minute; no other one begins", place.shown);
    }
  }

  private void turn(Scheduled scheduled, Place place) {
    Duration every = LOOK;
    try {
      every = scheduled.every();
      scheduled.turn();
    } catch (RuntimeException | LinkageError e) {
      LOG.error("a turn of {} failed", place.shown, e);
    } finally {
      end(place, every);
    }
  }

  private synchronized void end(Place place, Duration every) {
    place.busy = false;
    place.told = false;
    place.since = clock.instant().plus(every.compareTo(LOOK) < 0 ? LOOK : every);
    notifyAll();
  }

  /** No turn begins any more; those that have begun are waited for, a few seconds. */
  @Override
  public void close() {
    List<String> busy = new ArrayList<>();
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
      places.values().stream().filter(place -> place.busy).forEach(place -> busy.add(place.shown));
    }
    if (!busy.isEmpty()) {
      LOG.warn("turns of {} have not ended", busy);
    }
  }

  /** Whether a turn has begun that has not ended. */
  public synchronized boolean isBusy() {
    return places.values().stream().anyMatch(place -> place.busy);
  }
}
