package dev.postrider.kernel.store.rocks;

import dev.postrider.kernel.ledger.LedgerEntry;
import dev.postrider.kernel.outbound.QueueEntry;
import dev.postrider.kernel.spool.SpoolEntry;
import dev.postrider.kernel.store.Batch;
import dev.postrider.kernel.store.Change;
import dev.postrider.kernel.store.NewMessage;
import dev.postrider.kernel.store.StoredMessage;
import dev.postrider.plugin.Content;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a group of batches will do, worked out before anything is written: each batch sees what the
 * ones before it did. When the group is durable it is taken over by the heap, else forgotten.
 * Thread: the committer's.
 */
final class GroupStage {

  private static final long GONE = -1;

  private final Heap heap;
  private final RowBuffer rows;
  private final ByteWriter key = new ByteWriter(256);
  private final ByteWriter value = new ByteWriter(1024);

  private final StagedCounters counters;
  private final ContentStage contents;
  private final Map<String, Optional<SpoolHeap.Slot>> spool = new HashMap<>();
  private final Map<String, Optional<QueueHeap.Slot>> queue = new HashMap<>();
  private final MailboxStage mailboxes;
  private final DirectoryStage directory;

  GroupStage(
      Heap heap,
      ContentRows contentRows,
      Index index,
      Instant now,
      RowBuffer rows,
      long segment,
      long offset) {
    this.heap = heap;
    this.rows = rows;
    this.counters = new StagedCounters(heap.counters());
    this.contents = new ContentStage(contentRows, counters, segment, offset);
    this.mailboxes =
        new MailboxStage(
            heap.mailboxes,
            index,
            now,
            new MailboxStage.Rows(rows, key, value),
            counters,
            contents);
    this.directory = new DirectoryStage(heap.directory, rows, key, value);
    rows.reset();
  }

  /** Adds a batch, or changes nothing and says what it is in conflict with. */
  Optional<String> add(Batch batch, IdentityHashMap<Content, Octets> fresh) throws IOException {
    String conflict = conflict(batch);
    if (conflict != null) {
      return Optional.of(conflict);
    }
    IdentityHashMap<Content, Long> numbers = new IdentityHashMap<>();
    for (Change change : batch.changes()) {
      add(change, fresh, numbers);
    }
    return Optional.empty();
  }

  private @Nullable String conflict(Batch batch) throws IOException {
    Map<String, Boolean> spooled = new HashMap<>();
    Map<String, Long> queued = new HashMap<>();
    MailboxStage.Moves moves = mailboxes.moves();
    for (Change change : batch.changes()) {
      String problem =
          switch (change) {
            case Change.Append(_, var message, _, _) -> gone(message);
            case Change.Spool(var entry, var message) -> {
              spooled.put(entry.id(), true);
              yield gone(message);
            }
            case Change.Enqueue(var entry, var message) -> {
              Long before = queued.put(entry.id(), entry.version());
              boolean there = before == null ? queueSlot(entry.id()) != null : before != GONE;
              yield there ? "queue entry " + entry.id() + " is there already" : gone(message);
            }
            case Change.Unspool(var id) -> {
              Boolean before = spooled.put(id, false);
              boolean there = before == null ? spoolSlot(id) != null : before;
              yield there ? null : "spool entry " + id + " is gone";
            }
            case Change.Dequeue(var id, var version) -> {
              Long before = queued.put(id, GONE);
              long there = before == null ? queueVersion(id) : before;
              yield there == version
                  ? null
                  : "queue entry " + id + (there == GONE ? " is gone" : " was changed");
            }
            case Change.Expunge(var mailbox, var uids) -> moves.removed(mailbox, uids);
            case Change.RemoveAccount(var address) -> moves.removed(address.folded());
            case Change.Move move -> moves.conflict(move);
            case Change.RecordFate _,
                Change.PutDomain _,
                Change.RemoveDomain _,
                Change.PutAccount _,
                Change.PutAlias _,
                Change.RemoveAlias _,
                Change.PutState _,
                Change.RemoveState _ ->
                null;
          };
      if (problem != null) {
        return problem;
      }
    }
    return null;
  }

  private @Nullable String gone(NewMessage message) throws IOException {
    if (message instanceof NewMessage.Kept(StoredMessage kept)) {
      ContentRow row = contents.find(StoredCodec.number(kept.content()));
      return row == null || row.entries() == 0
          ? "content " + kept.content().value() + " is gone"
          : null;
    }
    return null;
  }

  private void add(
      Change change, IdentityHashMap<Content, Octets> fresh, IdentityHashMap<Content, Long> numbers)
      throws IOException {
    switch (change) {
      case Change.Append(var mailbox, var message, var arrivedAt, var flags) ->
          mailboxes.append(mailbox, hold(message, fresh, numbers), arrivedAt, flags);
      case Change.Expunge(var mailbox, var uids) -> mailboxes.expunge(mailbox, uids);
      case Change.Move move -> mailboxes.move(move);
      case Change.Spool(var entry, var message) -> spool(entry, hold(message, fresh, numbers));
      case Change.Unspool(var id) -> unspool(id);
      case Change.Enqueue(var entry, var message) -> enqueue(entry, hold(message, fresh, numbers));
      case Change.Dequeue(var id, var _) -> dequeue(id);
      case Change.RecordFate(var entry) -> record(entry);
      case Change.PutDomain(var domain) -> directory.put(domain);
      case Change.RemoveDomain(var name) -> directory.removeDomain(name);
      case Change.PutAccount(var account) -> directory.put(account);
      case Change.RemoveAccount(var address) -> {
        directory.removeAccount(address.folded());
        mailboxes.removeAll(address.folded());
      }
      case Change.PutAlias(var alias) -> directory.put(alias);
      case Change.RemoveAlias(var name) -> directory.removeAlias(name);
      case Change.PutState(var plugin, var name, var octets) -> {
        StateCodec.write(value.reset(), octets);
        rows.put(Keys.state(key, plugin, name), value);
      }
      case Change.RemoveState(var plugin, var name) -> rows.delete(Keys.state(key, plugin, name));
    }
  }

  private StoredMessage hold(
      NewMessage message,
      IdentityHashMap<Content, Octets> fresh,
      IdentityHashMap<Content, Long> numbers)
      throws IOException {
    return switch (message) {
      case NewMessage.Kept(StoredMessage kept) -> {
        contents.count(StoredCodec.number(kept.content()), 1);
        yield kept;
      }
      case NewMessage.Fresh(String head, Content content, long from) -> {
        Octets octets = fresh.get(content);
        if (octets == null) {
          throw new IllegalStateException("content of the batch was not prepared");
        }
        Long known = numbers.get(content);
        long number = known == null ? contents.place(octets) : known;
        numbers.put(content, number);
        contents.count(number, 1);
        yield new StoredMessage(
            head, StoredCodec.id(number), from, head.length() + octets.length() - from);
      }
    };
  }

  private SpoolHeap.@Nullable Slot spoolSlot(String id) {
    Optional<SpoolHeap.Slot> staged = spool.get(id);
    return staged != null ? staged.orElse(null) : heap.spool.find(id);
  }

  private void spool(SpoolEntry entry, StoredMessage message) throws IOException {
    SpoolHeap.Slot old = spoolSlot(entry.id());
    if (old != null) {
      contents.count(old.content(), -1);
    }
    SpoolCodec.write(value.reset(), entry, message);
    rows.put(Keys.named(key, Keys.SPOOL, entry.id()), value);
    long content = StoredCodec.number(message.content());
    spool.put(
        entry.id(),
        Optional.of(
            new SpoolHeap.Slot(
                entry.id(), content, entry.nextAttempt(), entry.held().isPresent())));
  }

  private void unspool(String id) throws IOException {
    SpoolHeap.Slot old = spoolSlot(id);
    if (old != null) {
      contents.count(old.content(), -1);
      rows.delete(Keys.named(key, Keys.SPOOL, id));
      spool.put(id, Optional.empty());
    }
  }

  private QueueHeap.@Nullable Slot queueSlot(String id) {
    Optional<QueueHeap.Slot> staged = queue.get(id);
    return staged != null ? staged.orElse(null) : heap.queue.find(id);
  }

  private long queueVersion(String id) {
    QueueHeap.Slot slot = queueSlot(id);
    return slot == null ? GONE : slot.version();
  }

  private void enqueue(QueueEntry entry, StoredMessage message) throws IOException {
    QueueHeap.Slot old = queueSlot(entry.id());
    if (old != null) {
      contents.count(old.content(), -1);
    }
    QueueCodec.write(value.reset(), entry, message);
    rows.put(Keys.named(key, Keys.QUEUE, entry.id()), value);
    long content = StoredCodec.number(message.content());
    queue.put(
        entry.id(), Optional.of(new QueueHeap.Slot(Heap.summary(entry), content, entry.version())));
  }

  private void dequeue(String id) throws IOException {
    QueueHeap.Slot old = queueSlot(id);
    if (old != null) {
      contents.count(old.content(), -1);
      rows.delete(Keys.named(key, Keys.QUEUE, id));
      queue.put(id, Optional.empty());
    }
  }

  private void record(LedgerEntry entry) {
    long number = counters.takeFate();
    LedgerCodec.write(value.reset(), entry);
    rows.put(Keys.ledger(key, entry.at(), number), value);
    rows.put(Keys.ledgerByMail(key, entry.mailId(), entry.at(), number), value.reset());
  }

  /** The contents of the group. */
  ContentStage contents() {
    return contents;
  }

  boolean isEmpty() {
    return rows.isEmpty() && contents.isEmpty();
  }

  /** Adds the rows that are written once per group however many batches touched them. */
  RowBuffer finish() {
    contents.writeRows(rows, key, value);
    mailboxes.writeRows();
    counters.toCounters().write(value.reset());
    rows.put(Keys.counters(key), value);
    return rows;
  }

  /** Adds the rows that only the index has. */
  void addLocal(Position position, Segments segments) {
    contents.writeLocalRows(segments, rows, key, value);
    position.write(value.reset());
    rows.put(Keys.position(key), value);
  }

  /** The group is durable: makes it visible. */
  void takeOver(Segments segments) {
    contents.takeOver(segments);
    spool.forEach((id, slot) -> slot.ifPresentOrElse(heap.spool::put, () -> heap.spool.remove(id)));
    queue.forEach(
        (id, slot) ->
            slot.ifPresentOrElse(
                present -> heap.queue.put(id, present), () -> heap.queue.remove(id)));
    mailboxes.takeOver();
    directory.takeOver();
    heap.counters(counters.toCounters());
  }
}
