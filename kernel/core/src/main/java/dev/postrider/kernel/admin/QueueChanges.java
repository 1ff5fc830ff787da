package dev.postrider.kernel.admin;

import dev.postrider.kernel.ledger.Fate;
import dev.postrider.kernel.outbound.QueueEntry;
import dev.postrider.kernel.outbound.QueueSummary;
import dev.postrider.kernel.spool.SpoolDesk;
import dev.postrider.kernel.spool.SpoolEntry;
import dev.postrider.kernel.store.Batch;
import dev.postrider.kernel.store.Change;
import dev.postrider.kernel.store.CommitResult;
import dev.postrider.kernel.store.NewMessage;
import dev.postrider.kernel.store.Store;
import dev.postrider.plugin.Recipient;
import dev.postrider.plugin.Text;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Changes of what waits, by the desk of the spool or in the outbound queue. */
final class QueueChanges {

  private static final int PAGE = 500;
  private static final String BY_ADMIN = "held by the administrator";

  private final Store store;
  private final SpoolDesk spool;
  private final InstantSource clock;

  QueueChanges(Store store, SpoolDesk spool, InstantSource clock) {
    this.store = store;
    this.spool = spool;
    this.clock = clock;
  }

  AdminAnswer retry(String id) {
    Optional<SpoolEntry> spooled = spool.entry(id);
    if (spooled.isPresent()) {
      return spooled
          .get()
          .held()
          .map(reason -> held(id, reason))
          .orElseGet(() -> told(id, "is tried now", spool.retry(id)));
    }
    return queued(
        id, "is tried now", entry -> entry.waiting(clock.instant(), Optional.empty()), true);
  }

  AdminAnswer hold(String id) {
    return spool.entry(id).isPresent()
        ? told(id, "is held", spool.hold(id, BY_ADMIN))
        : queued(
            id,
            "is held",
            entry -> entry.waiting(entry.nextAttempt(), Optional.of(BY_ADMIN)),
            true);
  }

  AdminAnswer release(String id) {
    return spool.entry(id).isPresent()
        ? told(id, "is released", spool.release(id, Optional.empty()))
        : queued(
            id, "is released", entry -> entry.waiting(clock.instant(), Optional.empty()), false);
  }

  AdminAnswer retryAll() {
    int count = 0;
    for (QueueSummary summary : store.outbound().summaries()) {
      count += !summary.held() && retry(summary.id()) instanceof AdminAnswer.Done ? 1 : 0;
    }
    String after = "";
    for (List<SpoolEntry> page = spool.list(after, PAGE);
        !page.isEmpty();
        page = spool.list(after, PAGE)) {
      for (SpoolEntry entry : page) {
        count += entry.held().isEmpty() && retry(entry.id()) instanceof AdminAnswer.Done ? 1 : 0;
      }
      after = page.getLast().id();
    }
    return new AdminAnswer.Done(count + (count == 1 ? " mail is" : " mails are") + " tried now");
  }

  AdminAnswer remove(String id) {
    return spool.entry(id).isPresent()
        ? told(id, "is removed", spool.remove(id, "by the administrator"))
        : onFresh(id, id + " is removed", _ -> Optional.empty(), this::removed);
  }

  private List<Change> removed(QueueEntry entry) {
    List<Change> changes = new ArrayList<>();
    changes.add(Change.Dequeue.of(entry));
    for (Recipient recipient : entry.envelope().recipients()) {
      changes.add(entry.fate(recipient, Fate.REMOVED, "by the administrator", clock.instant()));
    }
    return changes;
  }

  private AdminAnswer queued(
      String id, String done, UnaryOperator<QueueEntry> edit, boolean onlyIfNotHeld) {
    return onFresh(
        id,
        id + " " + done,
        entry -> onlyIfNotHeld ? entry.held() : Optional.empty(),
        entry ->
            List.of(
                Change.Dequeue.of(entry),
                new Change.Enqueue(edit.apply(entry), new NewMessage.Kept(entry.message()))));
  }

  // What was sent while this was worked out must not come back: then it is worked out anew.
  private AdminAnswer onFresh(
      String id,
      String done,
      Function<QueueEntry, Optional<String>> objection,
      Function<QueueEntry, List<Change>> changes) {
    CommitResult result;
    do {
      Optional<QueueEntry> entry = store.outbound().entry(id);
      if (entry.isEmpty()) {
        return nothing(id);
      }
      Optional<String> held = objection.apply(entry.get());
      if (held.isPresent()) {
        return held(id, held.get());
      }
      result = store.commit(new Batch(changes.apply(entry.get())));
    } while (result instanceof CommitResult.Conflict);
    return Commits.answer(done, result);
  }

  private static AdminAnswer told(String id, String done, SpoolDesk.Answer answer) {
    return switch (answer) {
      case SpoolDesk.Answer.Done() -> new AdminAnswer.Done(id + " " + done);
      case SpoolDesk.Answer.NotThere() -> nothing(id);
      case SpoolDesk.Answer.Busy() ->
          AdminAnswer.conflict(id + " is being worked on right now; try again");
      case SpoolDesk.Answer.Failed(String reason) ->
          new AdminAnswer.Refused(AdminAnswer.Reason.STORAGE, reason);
    };
  }

  private static AdminAnswer held(String id, String reason) {
    return AdminAnswer.conflict(id + " is held (" + reason + "); 'queue release' lets it go");
  }

  private static AdminAnswer nothing(String id) {
    return AdminAnswer.unknown(
        "nothing waits under the id '" + Text.shown(id) + "'; 'queue list' shows what does");
  }
}
