package dev.postrider.kernel.outbound;

import dev.postrider.kernel.bounce.BounceRequest;
import dev.postrider.kernel.bounce.Reports;
import dev.postrider.kernel.ledger.Fate;
import dev.postrider.kernel.pipeline.Pipeline;
import dev.postrider.kernel.port.Ids;
import dev.postrider.kernel.store.Batch;
import dev.postrider.kernel.store.Change;
import dev.postrider.kernel.store.CommitResult;
import dev.postrider.kernel.store.Store;
import dev.postrider.plugin.Recipient;
import dev.postrider.plugin.Status;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes an entry out of the outbound queue before its time and tells the sender. Thread: virtual
 * threads; blocks.
 */
public final class GivingUp {

  private final Store store;
  private final Reports reports;
  private final InstantSource clock;
  private final Ids ids;

  /** On this store. */
  public GivingUp(Store store, Reports reports, InstantSource clock, Ids ids) {
    this.store = store;
    this.reports = reports;
    this.clock = clock;
    this.ids = ids;
  }

  /**
   * Removes the entry and spools the report in one commit. An entry that is being sent at this
   * moment may still arrive.
   *
   * @param status of class 5, for the sender
   * @return empty when there is no such entry
   */
  public Optional<CommitResult> bounce(String id, Status status) {
    CommitResult result;
    do {
      Optional<QueueEntry> entry = store.outbound().entry(id);
      if (entry.isEmpty()) {
        return Optional.empty();
      }
      result = bounce(entry.get(), status);
    } while (result instanceof CommitResult.Conflict);
    return Optional.of(result);
  }

  private CommitResult bounce(QueueEntry entry, Status status) {
    Instant now = clock.instant();
    List<Change> changes = new ArrayList<>();
    List<BounceRequest.Failed> failed = new ArrayList<>();
    changes.add(Change.Dequeue.of(entry));
    for (Recipient recipient : entry.envelope().recipients()) {
      changes.add(
          entry.fate(recipient, Fate.BOUNCED, "by the administrator: " + status.text(), now));
      failed.add(
          new BounceRequest.Failed(
              recipient, status.enhanced(), Optional.empty(), status.text(), Optional.empty()));
    }
    reports
        .report(
            new BounceRequest(
                entry.mailId(),
                entry.envelope(),
                store.open(entry.message()),
                entry.queuedAt(),
                BounceRequest.Kind.FAILED,
                failed))
        .ifPresent(mail -> changes.add(mail.spooled(ids.next(), Pipeline.BOUNCES, now)));
    return store.commit(new Batch(changes));
  }
}
