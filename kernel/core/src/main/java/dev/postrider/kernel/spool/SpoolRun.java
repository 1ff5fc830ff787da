package dev.postrider.kernel.spool;

import dev.postrider.kernel.ledger.Fate;
import dev.postrider.kernel.pipeline.Pipeline;
import dev.postrider.kernel.pipeline.PipelineEngine;
import dev.postrider.kernel.pipeline.PipelineRun;
import dev.postrider.kernel.store.Batch;
import dev.postrider.kernel.store.Change;
import dev.postrider.kernel.store.CommitResult;
import dev.postrider.kernel.store.NewMessage;
import dev.postrider.kernel.store.Store;
import dev.postrider.plugin.Content;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Message;
import dev.postrider.plugin.Stage;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs entries of the spool through the pipeline and commits what comes of it. Thread: any. */
public final class SpoolRun {
  private static final Logger LOG = LoggerFactory.getLogger(SpoolRun.class);

  private final Store store;
  private final PipelineEngine engine;
  private final PlanCommit planCommit;

  /** Runs entries of this store. */
  public SpoolRun(Store store, PipelineEngine engine, PlanCommit planCommit) {
    this.store = store;
    this.engine = engine;
    this.planCommit = planCommit;
  }

  /**
   * Runs one entry to its end. An entry whose run fails for a reason that is no plugin's is held.
   *
   * @return false when it could not be committed: the entry is there as before
   */
  boolean run(SpoolEntry entry, Pipeline pipeline) {
    Content content = store.open(entry.message());
    try {
      Octets octets = Octets.stored(entry.message(), content);
      Mail mail =
          new Mail(
              entry.id(),
              Stage.MESSAGE,
              entry.client(),
              entry.envelope(),
              Message.read(content),
              entry.attributes(),
              entry.receivedAt());
      PipelineRun run = engine.run(pipeline, entry.processor(), mail, false);
      return commit(run, Origin.spool(mail, octets, entry));
    } catch (IOException e) {
      LOG.error("mail {} can't be read from the store; it waits", entry.id(), e);
      return await(entry, String.valueOf(e.getMessage()));
    } catch (RuntimeException | Error e) {
      LOG.error("the run of mail {} failed; it is held", entry.id(), e);
      return hold(entry, "its run failed: " + e);
    }
  }

  /** Commits the plan of a mail that is in the spool; false where that was not possible. */
  public boolean commit(PipelineRun run, Origin origin) {
    Settlement settlement = planCommit.settle(run.plan(), origin);
    return isSettled(origin.mail().id(), store.commit(new Batch(settlement.changes())));
  }

  // A disk may come back; where it does not, the mail must not be looked at for ever.
  private boolean await(SpoolEntry entry, String reason) {
    Instant now = planCommit.clock.instant();
    if (!now.isBefore(entry.receivedAt().plus(planCommit.giveUpAfter))) {
      return hold(entry, "it can't be read: " + reason);
    }
    Instant next = now.plus(planCommit.backoff.after(entry.attempts()));
    return replace(entry, entry.attempts() + 1, next, Optional.empty(), List.of());
  }

  /** Lets an entry wait for an admin; false where that could not be committed. */
  boolean hold(SpoolEntry entry, String why) {
    String reason = Lines.one(why, 400);
    List<Change> fates = SpoolDesk.fates(entry, Fate.HELD, reason, planCommit.clock.instant());
    return replace(entry, entry.attempts(), entry.nextAttempt(), Optional.of(reason), fates);
  }

  private boolean replace(
      SpoolEntry entry,
      int attempts,
      Instant nextAttempt,
      Optional<String> held,
      List<Change> more) {
    SpoolEntry other =
        new SpoolEntry(
            entry.id(),
            entry.client(),
            entry.envelope(),
            entry.message(),
            entry.attributes(),
            entry.processor(),
            entry.receivedAt(),
            attempts,
            nextAttempt,
            held);
    List<Change> changes = new ArrayList<>();
    changes.add(new Change.Unspool(entry.id()));
    changes.add(new Change.Spool(other, new NewMessage.Kept(entry.message())));
    changes.addAll(more);
    return isSettled(entry.id(), store.commit(new Batch(changes)));
  }

  private static boolean isSettled(String id, CommitResult result) {
    return switch (result) {
      case CommitResult.Committed() -> true;
      case CommitResult.Conflict(var what) -> {
        LOG.info("mail {} was settled by somebody else: {}", id, what);
        yield true;
      }
      case CommitResult.Full(var reason) -> isNotSettled(id, reason);
      case CommitResult.Failed(var reason) -> isNotSettled(id, reason);
      case CommitResult.Unclear(var reason) -> isNotSettled(id, reason);
    };
  }

  private static boolean isNotSettled(String id, String reason) {
    LOG.error("the run of mail {} could not be committed, it stays in the spool: {}", id, reason);
    return false;
  }
}
