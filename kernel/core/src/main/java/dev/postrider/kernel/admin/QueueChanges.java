package dev.postrider.kernel.admin;

import dev.postrider.kernel.ledger.Fate;
import dev.postrider.kernel.ledger.LedgerEntry;
import dev.postrider.kernel.outbound.QueueEntry;
import dev.postrider.kernel.outbound.QueueSummary;
import dev.postrider.kernel.spool.SpoolDesk;
import dev.postrider.kernel.spool.SpoolEntry;
import dev.postrider.kernel.store.Change;
import dev.postrider.kernel.store.NewMessage;
import dev.postrider.kernel.store.Store;
import dev.postrider.plugin.Recipient;
import dev.postrider.plugin.Text;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Changes of what waits, by the desk of the spool or in the outbound queue. */
final class QueueChanges {

  private static final int PAGE = 500;
  private static final String BY_ADMIN = "held by the administrator";

  private final Commits commits;
  private final Store store;
  private final SpoolDesk spool;
  private final InstantSource clock;

  QueueChanges(Commits commits, Store store, SpoolDesk spool, InstantSource clock) {
    this.commits = commits;
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
        id, "is tried now", entry -> with(entry, clock.instant(), Optional.empty()), true);
  }

  AdminAnswer hold(String id) {
    return spool.entry(id).isPresent()
        ? told(id, "is held", spool.hold(id, BY_ADMIN))
        : queued(
            id, "is held", entry -> with(entry, entry.nextAttempt(), Optional.of(BY_ADMIN)), true);
  }

  AdminAnswer release(String id) {
    return spool.entry(id).isPresent()
        ? told(id, "is released", spool.release(id, Optional.empty()))
        : queued(id, "is released", entry -> with(entry, clock.instant(), Optional.empty()), false);
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
        : store.outbound().entry(id).map(this::removed).orElseGet(() -> nothing(id));
  }

  private AdminAnswer removed(QueueEntry entry) {
    List<Change> changes = new ArrayList<>();
    changes.add(new Change.Dequeue(entry.id()));
    for (Recipient recipient : entry.envelope().recipients()) {
      changes.add(
          new Change.RecordFate(
              new LedgerEntry(
                  clock.instant(),
                  entry.mailId(),
                  entry.envelope().sender(),
                  recipient.address(),
                  Fate.REMOVED,
                  "by the administrator")));
    }
    return commits.commit(entry.id() + " is removed", changes);
  }

  private AdminAnswer queued(
      String id, String done, UnaryOperator<QueueEntry> edit, boolean onlyIfNotHeld) {
    Optional<QueueEntry> entry = store.outbound().entry(id);
    if (entry.isEmpty()) {
      return nothing(id);
    }
    Optional<String> held = entry.get().held();
    return onlyIfNotHeld && held.isPresent()
        ? held(id, held.get())
        // Taken out first: what was sent meanwhile must not come back.
        : commits.commit(
            id + " " + done,
            new Change.Dequeue(id),
            new Change.Enqueue(
                edit.apply(entry.get()), new NewMessage.Kept(entry.get().message())));
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

  private static QueueEntry with(QueueEntry entry, Instant nextAttempt, Optional<String> held) {
    return new QueueEntry(
        entry.id(),
        entry.mailId(),
        entry.route(),
        entry.destination(),
        entry.envelope(),
        entry.message(),
        entry.queuedAt(),
        nextAttempt,
        entry.expiresAt(),
        entry.attempts(),
        entry.delayReported(),
        entry.lastReply(),
        held);
  }
}
