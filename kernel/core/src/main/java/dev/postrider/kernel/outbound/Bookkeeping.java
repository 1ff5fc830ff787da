package dev.postrider.kernel.outbound;

import dev.postrider.kernel.port.Timers;
import dev.postrider.kernel.store.Batch;
import dev.postrider.kernel.store.Change;
import dev.postrider.kernel.store.CommitResult;
import dev.postrider.kernel.store.Store;
import dev.postrider.plugin.Recipient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Commits what tries came to, again and again where the store can't take it. Thread: any. */
final class Bookkeeping {

  private static final Logger LOG = LoggerFactory.getLogger(Bookkeeping.class);
  private static final Duration COMMIT_AGAIN = Duration.ofSeconds(10);
  private static final int COMMIT_TRIES = 5;

  private final Store store;
  private final Settlement settlement;
  private final InstantSource clock;
  private final Timers timers;
  private final BooleanSupplier stopping;
  private final Consumer<QueueSummary> settledLate;

  /**
   * Books that are empty.
   *
   * @param stopping whether what could not be stored is left as it is
   * @param settledLate told of each entry for which {@link #settle} answered false, once it is done
   */
  Bookkeeping(
      Store store,
      Settlement settlement,
      InstantSource clock,
      Timers timers,
      BooleanSupplier stopping,
      Consumer<QueueSummary> settledLate) {
    this.store = store;
    this.settlement = settlement;
    this.clock = clock;
    this.timers = timers;
    this.stopping = stopping;
    this.settledLate = settledLate;
  }

  /** Commits what a try came to; false where that is done again later. */
  boolean settle(QueueSummary summary, QueueEntry entry, Map<Recipient, RecipientResult> results) {
    ResultLog.write(entry, results);
    try {
      return commit(summary, entry, results);
    } catch (RuntimeException e) {
      LOG.error("outbound entry {} can't be settled", entry.id(), e);
      return later(summary, entry, results, e.toString());
    }
  }

  private boolean commit(
      QueueSummary summary, QueueEntry entry, Map<Recipient, RecipientResult> results) {
    QueueEntry latest = entry;
    for (int i = 0; i < COMMIT_TRIES; i++) {
      switch (store.commit(new Batch(changes(latest, results)))) {
        case CommitResult.Committed _ -> {
          return true;
        }
        case CommitResult.Conflict(String what) -> {
          // An admin held it or made it due meanwhile; the recipients are the same.
          LOG.debug("settled anew: {}", what);
          Optional<QueueEntry> now = store.outbound().entry(entry.id());
          if (now.isEmpty()) {
            return removed(entry, results);
          }
          latest = now.get();
        }
        case CommitResult.Full(String reason) -> {
          return later(summary, entry, results, reason);
        }
        case CommitResult.Failed(String reason) -> {
          return later(summary, entry, results, reason);
        }
        case CommitResult.Unclear(String reason) -> {
          return later(summary, entry, results, reason);
        }
      }
    }
    return later(summary, entry, results, "it is changed all the time");
  }

  private List<Change> changes(QueueEntry entry, Map<Recipient, RecipientResult> results) {
    return settlement.changes(entry, results, store.open(entry.message()), clock.instant());
  }

  private boolean removed(QueueEntry entry, Map<Recipient, RecipientResult> results) {
    LOG.info("outbound entry {} was removed while it was being sent", entry.id());
    List<Change> fates = settlement.taken(entry, results, clock.instant());
    return fates.isEmpty()
        || store.commit(new Batch(fates)) instanceof CommitResult.Committed
        || lost(entry);
  }

  private static boolean lost(QueueEntry entry) {
    LOG.warn("the ledger misses what became of mail {}", entry.mailId());
    return true;
  }

  /** The peer has answered and the store can't note it: the entry must not be sent meanwhile. */
  private boolean later(
      QueueSummary summary,
      QueueEntry entry,
      Map<Recipient, RecipientResult> results,
      String reason) {
    LOG.error(
        "what became of outbound entry {} can't be stored ({}); tried again in {}",
        entry.id(),
        reason,
        COMMIT_AGAIN);
    timers.after(COMMIT_AGAIN, () -> settleAgain(summary, entry, results));
    return false;
  }

  private void settleAgain(
      QueueSummary summary, QueueEntry entry, Map<Recipient, RecipientResult> results) {
    if (!stopping.getAsBoolean() && settle(summary, entry, results)) {
      settledLate.accept(summary);
    }
  }
}
