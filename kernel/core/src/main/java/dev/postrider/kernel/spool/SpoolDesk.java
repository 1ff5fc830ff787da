package dev.postrider.kernel.spool;

import dev.postrider.kernel.ledger.Fate;
import dev.postrider.kernel.ledger.LedgerEntry;
import dev.postrider.kernel.pipeline.PipelineEngine;
import dev.postrider.kernel.store.Batch;
import dev.postrider.kernel.store.Change;
import dev.postrider.kernel.store.CommitResult;
import dev.postrider.kernel.store.NewMessage;
import dev.postrider.kernel.store.Store;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What an admin does with mail in the spool. Thread: any; blocks. */
public final class SpoolDesk {

  /** What became of a request. */
  public sealed interface Answer {
    /** It is done, and durable. */
    record Done() implements Answer {}

    /** There is no mail of this id in the spool. */
    record NotThere() implements Answer {}

    /** A run is under way for it: try again. */
    record Busy() implements Answer {}

    /** The store could not keep the change. */
    record Failed(String reason) implements Answer {}
  }

  private final Store store;
  private final RunsInFlight inFlight;
  private final InstantSource clock;

  /** Works on the spool of this store. */
  public SpoolDesk(Store store, RunsInFlight inFlight, InstantSource clock) {
    this.store = store;
    this.inFlight = inFlight;
    this.clock = clock;
  }

  /** Entries by id after the given one (empty string: from the start). */
  public List<SpoolEntry> list(String afterId, int limit) {
    return store.spool().list(afterId, limit);
  }

  /** An entry by its id. */
  public Optional<SpoolEntry> entry(String id) {
    return store.spool().entry(id);
  }

  /**
   * Lets held mail go on. The entry of the pipeline that held it is passed by this time.
   *
   * @param processor where it starts; empty for the processor that held it
   */
  public Answer release(String id, Optional<String> processor) {
    return change(
        id,
        entry -> {
          Map<String, String> attributes = new HashMap<>(entry.attributes());
          entry.held().ifPresent(reason -> attributes.put(PipelineEngine.RELEASED, reason));
          return List.of(
              put(
                  entry,
                  attributes,
                  processor.orElse(entry.processor()),
                  clock.instant(),
                  Optional.empty()));
        });
  }

  /** Lets mail wait for a release. */
  public Answer hold(String id, String reason) {
    String line = Lines.one(reason, 400);
    return change(
        id,
        entry -> {
          List<Change> changes = new ArrayList<>(fates(entry, Fate.HELD, line));
          changes.add(
              put(
                  entry,
                  entry.attributes(),
                  entry.processor(),
                  entry.nextAttempt(),
                  Optional.of(line)));
          return changes;
        });
  }

  /** Makes deferred mail due now; held mail stays held. */
  public Answer retry(String id) {
    return change(
        id,
        entry ->
            List.of(
                put(entry, entry.attributes(), entry.processor(), clock.instant(), entry.held())));
  }

  /** Drops mail; nobody is told but the ledger. */
  public Answer remove(String id, String reason) {
    return change(id, entry -> fates(entry, Fate.REMOVED, Lines.one(reason, 400)));
  }

  private List<Change> fates(SpoolEntry entry, Fate fate, String detail) {
    return fates(entry, fate, detail, clock.instant());
  }

  /** The same fate for all recipients of an entry. */
  static List<Change> fates(SpoolEntry entry, Fate fate, String detail, Instant now) {
    return entry.envelope().recipients().stream()
        .<Change>map(
            each ->
                new Change.RecordFate(
                    new LedgerEntry(
                        now,
                        entry.id(),
                        entry.envelope().sender(),
                        each.address(),
                        fate,
                        LedgerEntry.sentWith(entry.client().appPassword(), detail))))
        .toList();
  }

  private static Change put(
      SpoolEntry entry,
      Map<String, String> attributes,
      String processor,
      Instant nextAttempt,
      Optional<String> held) {
    return new Change.Spool(
        new SpoolEntry(
            entry.id(),
            entry.client(),
            entry.envelope(),
            entry.message(),
            attributes,
            processor,
            entry.receivedAt(),
            entry.attempts(),
            nextAttempt,
            held),
        new NewMessage.Kept(entry.message()));
  }

  // Takes the entry out first, so that a run that was quicker makes a conflict.
  private Answer change(String id, Function<SpoolEntry, List<Change>> change) {
    if (!inFlight.claim(id)) {
      return new Answer.Busy();
    }
    try {
      Optional<SpoolEntry> entry = store.spool().entry(id);
      if (entry.isEmpty()) {
        return new Answer.NotThere();
      }
      List<Change> changes = new ArrayList<>();
      changes.add(new Change.Unspool(id));
      changes.addAll(change.apply(entry.get()));
      return switch (store.commit(new Batch(changes))) {
        case CommitResult.Committed() -> new Answer.Done();
        case CommitResult.Conflict(var _) -> new Answer.NotThere();
        case CommitResult.Full(var reason) -> new Answer.Failed(reason);
        case CommitResult.Failed(var reason) -> new Answer.Failed(reason);
        case CommitResult.Unclear(var reason) -> new Answer.Failed(reason);
      };
    } finally {
      inFlight.release(id);
    }
  }
}
