package dev.postrider.kernel.mailbox;

import dev.postrider.kernel.pipeline.Patience;
import dev.postrider.kernel.port.Timers;
import dev.postrider.kernel.store.Batch;
import dev.postrider.kernel.store.Change;
import dev.postrider.kernel.store.CommitResult;
import dev.postrider.kernel.store.Store;
import dev.postrider.plugin.MailboxListener;
import dev.postrider.plugin.MailboxMove;
import dev.postrider.plugin.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells listeners of plugins what {@link MessageMoves} did, after the commit and off its threads.
 * What was not told before the process ended is told after the next start.
 */
public final class MoveAnnouncer {

  private static final Logger LOG = LoggerFactory.getLogger(MoveAnnouncer.class);
  private static final Duration AGAIN_AFTER = Duration.ofMinutes(1);
  private static final int TRIES = 5;

  private final Store store;
  private final MoveNotes notes;
  private final Supplier<List<MailboxListener>> listeners;
  private final Timers timers;
  private final Patience patience;
  private final Semaphore work = new Semaphore(1);
  private final Map<String, Integer> failures = new HashMap<>();
  private final AtomicBoolean again = new AtomicBoolean();
  private final AtomicBoolean scheduled = new AtomicBoolean();

  // By identity: nothing of a plugin is called here but moved.
  private final Set<MailboxListener> stuck = Collections.newSetFromMap(new IdentityHashMap<>());
  private @Nullable Thread thread;

  /**
   * Tells nobody before it is started.
   *
   * @param listeners those in use
   * @param patience waits so long for each call
   */
  public MoveAnnouncer(
      Store store, Supplier<List<MailboxListener>> listeners, Timers timers, Patience patience) {
    this.store = store;
    this.notes = new MoveNotes(store);
    this.listeners = listeners;
    this.timers = timers;
    this.patience = patience;
  }

  /** Begins with what waits since an earlier life. */
  public synchronized void start() {
    store.watch(
        batch -> {
          if (batch.changes().stream().anyMatch(MoveAnnouncer::isNote)) {
            work.release();
          }
        });
    thread = Thread.ofVirtual().name("mailbox-listeners").start(this::run);
  }

  private static boolean isNote(Change change) {
    return change instanceof Change.PutState(String owner, _, _) && owner.equals(MoveNotes.OWNER);
  }

  private void run() {
    try {
      while (true) {
        work.acquire();
        work.drainPermits();
        tellAll();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void tellAll() {
    boolean failedToo = again.getAndSet(false);
    try {
      List<MailboxListener> current = listeners.get();
      forgetAllBut(current);
      List<String> told = new ArrayList<>();
      for (String id : notes.waiting()) {
        if (Thread.currentThread().isInterrupted()) {
          break;
        }
        if (failures.containsKey(id) && !failedToo) {
          continue;
        }
        if (tell(id, current)) {
          failures.remove(id);
          told.add(id);
        }
      }
      strike(told);
    } catch (RuntimeException e) {
      LOG.error("plugins can't be told of moved messages now", e);
    }
    if (!failures.isEmpty() && scheduled.compareAndSet(false, true)) {
      Runnable _ = timers.after(AGAIN_AFTER, this::tryAgain);
    }
  }

  private void forgetAllBut(List<MailboxListener> current) {
    Set<MailboxListener> loaded = Collections.newSetFromMap(new IdentityHashMap<>());
    loaded.addAll(current);
    stuck.retainAll(loaded);
  }

  private void tryAgain() {
    scheduled.set(false);
    again.set(true);
    work.release();
  }

  private void strike(List<String> told) {
    if (!told.isEmpty()
        && !(store.commit(new Batch(MoveNotes.remove(told))) instanceof CommitResult.Committed)) {
      LOG.warn("{} moves of messages are told to plugins again: the store failed", told.size());
    }
  }

  /** Whether that is done, for good or ill. */
  private boolean tell(String id, List<MailboxListener> current) {
    Optional<MailboxMove> move = notes.read(id).flatMap(this::event);
    if (move.isEmpty()) {
      return true;
    }
    boolean all = true;
    for (MailboxListener listener : current) {
      all &= stuck.contains(listener) || tell(listener, move.get());
    }
    if (all || Thread.currentThread().isInterrupted()) {
      return all;
    }
    boolean last = failures.merge(id, 1, Integer::sum) >= TRIES;
    if (last) {
      LOG.error("the move {} of a message is not told any more: it failed {} times", id, TRIES);
    }
    return last;
  }

  private boolean tell(MailboxListener listener, MailboxMove move) {
    String name = listener.getClass().getName();
    try {
      return patience.call(
          () -> {
            listener.moved(move);
            return true;
          });
    } catch (Patience.Exhausted e) {
      if (Thread.currentThread().isInterrupted()) {
        return false; // the server stops, the listener did nothing wrong
      }
      LOG.error("{} {}; it is told nothing more until plugins are reloaded", name, e.getMessage());
      stuck.add(listener);
      return false;
    } catch (RuntimeException | Error e) {
      LOG.error("{} failed at the move {} of a message", name, move.id(), e);
      return false;
    }
  }

  // Empty where the message is gone.
  private Optional<MailboxMove> event(MoveNotes.Note note) {
    try {
      Message message = Message.read(store.open(note.message()));
      return Optional.of(
          new MailboxMove(
              note.id(),
              note.from().owner(),
              note.from().folder(),
              note.to().folder(),
              note.copied(),
              message,
              note.at()));
    } catch (IOException | UncheckedIOException e) {
      LOG.info(
          "a message of {} that was moved is gone, nobody is told: {}",
          note.from().owner(),
          e.getMessage());
      return Optional.empty();
    }
  }

  /** Tells nothing more; what waits is told after the next start. */
  public synchronized void stop() throws InterruptedException {
    Thread running = thread;
    if (running != null) {
      running.interrupt();
      running.join();
    }
  }
}
