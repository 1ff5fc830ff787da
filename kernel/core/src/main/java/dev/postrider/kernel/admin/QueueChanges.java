package dev.postrider.kernel.admin;

import dev.postrider.kernel.ledger.Fate;
import dev.postrider.kernel.ledger.LedgerEntry;
import dev.postrider.kernel.outbound.QueueEntry;
import dev.postrider.kernel.outbound.QueueSummary;
import dev.postrider.kernel.spool.SpoolEntry;
import dev.postrider.kernel.store.Change;
import dev.postrider.kernel.store.NewMessage;
import dev.postrider.kernel.store.Store;
import dev.postrider.plugin.Envelope;
import dev.postrider.plugin.Recipient;
import dev.postrider.plugin.Text;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Commits changes of what waits in the spool and in the outbound queue. */
final class QueueChanges {

  private static final int PAGE = 500;
  private static final String BY_ADMIN = "held by the administrator";

  private final Commits commits;
  private final Store store;
  private final InstantSource clock;

  QueueChanges(Commits commits, Store store, InstantSource clock) {
    this.commits = commits;
    this.store = store;
    this.clock = clock;
  }

  AdminAnswer retry(String id) {
    return change(
        id,
        "is tried now",
        entry -> entry.held().isEmpty() ? due(entry, Optional.empty()) : entry,
        entry -> entry.held().isEmpty() ? due(entry, Optional.empty()) : entry);
  }

  AdminAnswer hold(String id) {
    return change(id, "is held", entry -> held(entry), entry -> held(entry));
  }

  AdminAnswer release(String id) {
    return change(
        id,
        "is released",
        entry -> due(entry, Optional.empty()),
        entry -> due(entry, Optional.empty()));
  }

  AdminAnswer retryAll() {
    int count = 0;
    for (QueueSummary summary : store.outbound().summaries()) {
      if (!summary.held() && retry(summary.id()) instanceof AdminAnswer.Done) {
        count++;
      }
    }
    String after = "";
    for (List<SpoolEntry> page = store.spool().list(after, PAGE);
        !page.isEmpty();
        page = store.spool().list(after, PAGE)) {
      for (SpoolEntry entry : page) {
        if (entry.held().isEmpty() && retry(entry.id()) instanceof AdminAnswer.Done) {
          count++;
        }
      }
      after = page.getLast().id();
    }
    return new AdminAnswer.Done(count + (count == 1 ? " mail is" : " mails are") + " tried now");
  }

  AdminAnswer remove(String id) {
    Optional<SpoolEntry> spooled = store.spool().entry(id);
    if (spooled.isPresent()) {
      return removed(id, spooled.get().id(), spooled.get().envelope(), new Change.Unspool(id));
    }
    return store
        .outbound()
        .entry(id)
        .map(entry -> removed(id, entry.mailId(), entry.envelope(), new Change.Dequeue(id)))
        .orElseGet(() -> nothing(id));
  }

  private AdminAnswer removed(String id, String mailId, Envelope envelope, Change removal) {
    List<Change> changes = new ArrayList<>();
    changes.add(removal);
    for (Recipient recipient : envelope.recipients()) {
      changes.add(
          new Change.RecordFate(
              new LedgerEntry(
                  clock.instant(),
                  mailId,
                  envelope.sender(),
                  recipient.address(),
                  Fate.REMOVED,
                  "by the administrator")));
    }
    return commits.commit(id + " is removed", changes);
  }

  private interface Edit<T> {
    T of(T entry);
  }

  private AdminAnswer change(
      String id, String done, Edit<SpoolEntry> inSpool, Edit<QueueEntry> inQueue) {
    Optional<SpoolEntry> spooled = store.spool().entry(id);
    if (spooled.isPresent()) {
      SpoolEntry edited = inSpool.of(spooled.get());
      return edited.equals(spooled.get())
          ? unchanged(id, edited.held())
          : commits.commit(
              id + " " + done,
              new Change.Spool(edited, new NewMessage.Kept(spooled.get().message())));
    }
    Optional<QueueEntry> queued = store.outbound().entry(id);
    if (queued.isEmpty()) {
      return nothing(id);
    }
    QueueEntry edited = inQueue.of(queued.get());
    return edited.equals(queued.get())
        ? unchanged(id, edited.held())
        : commits.commit(
            id + " " + done,
            new Change.Enqueue(edited, new NewMessage.Kept(queued.get().message())));
  }

  private static AdminAnswer unchanged(String id, Optional<String> held) {
    return held.isPresent()
        ? AdminAnswer.conflict(id + " is held (" + held.get() + "); 'queue release' lets it go")
        : new AdminAnswer.Done(id + " is due already");
  }

  private static AdminAnswer nothing(String id) {
    return AdminAnswer.unknown(
        "nothing waits under the id '" + Text.shown(id) + "'; 'queue list' shows what does");
  }

  private static SpoolEntry held(SpoolEntry entry) {
    return entry.held().isPresent()
        ? entry
        : with(entry, entry.nextAttempt(), Optional.of(BY_ADMIN));
  }

  private static QueueEntry held(QueueEntry entry) {
    return entry.held().isPresent()
        ? entry
        : with(entry, entry.nextAttempt(), Optional.of(BY_ADMIN));
  }

  private SpoolEntry due(SpoolEntry entry, Optional<String> held) {
    return with(entry, clock.instant(), held);
  }

  private QueueEntry due(QueueEntry entry, Optional<String> held) {
    return with(entry, clock.instant(), held);
  }

  private static SpoolEntry with(SpoolEntry entry, Instant nextAttempt, Optional<String> held) {
    return new SpoolEntry(
        entry.id(),
        entry.client(),
        entry.envelope(),
        entry.message(),
        entry.attributes(),
        entry.processor(),
        entry.receivedAt(),
        entry.attempts(),
        nextAttempt,
        held);
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
