package dev.postrider.kernel.store.rocks;

import dev.postrider.kernel.ledger.LedgerEntry;
import dev.postrider.kernel.mailbox.MailboxName;
import dev.postrider.kernel.outbound.QueueEntry;
import dev.postrider.kernel.spool.SpoolEntry;
import dev.postrider.kernel.store.Batch;
import dev.postrider.kernel.store.Change;
import dev.postrider.kernel.store.NewMessage;
import dev.postrider.kernel.store.StoredMessage;
import dev.postrider.plugin.Content;
import dev.postrider.plugin.EmailAddress;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a group of batches will do, worked out before anything is written: each batch sees what the
 * ones before it did. When the group is durable it is taken over by the heap, else forgotten.
 * Thread: the committer's.
 */
final class GroupStage {

  private record MessageKey(long mailbox, long uid) {}

  private static final long GONE = -1;

  private final Heap heap;
  private final Index index;
  private final Instant now;
  private final RowBuffer rows;
  private final ByteWriter key = new ByteWriter(256);
  private final ByteWriter value = new ByteWriter(1024);

  private final StagedCounters counters;
  private final ContentStage contents;
  private final Map<String, Optional<SpoolHeap.Slot>> spool = new HashMap<>();
  private final Map<String, Optional<QueueHeap.Slot>> queue = new HashMap<>();
  private final Map<MailboxName, Optional<MailboxHeap.Mailbox>> mailboxes = new HashMap<>();
  private final Map<MessageKey, Long> messages = new HashMap<>();
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
    this.index = index;
    this.now = now;
    this.rows = rows;
    this.counters = new StagedCounters(heap.counters());
    this.contents = new ContentStage(contentRows, counters, segment, offset);
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
            case Change.Expunge _,
                Change.RecordFate _,
                Change.PutDomain _,
                Change.RemoveDomain _,
                Change.PutAccount _,
                Change.RemoveAccount _,
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
          append(mailbox, hold(message, fresh, numbers), arrivedAt, flags);
      case Change.Expunge(var mailbox, var uids) -> expunge(mailbox, uids);
      case Change.Spool(var entry, var message) -> spool(entry, hold(message, fresh, numbers));
      case Change.Unspool(var id) -> unspool(id);
      case Change.Enqueue(var entry, var message) -> enqueue(entry, hold(message, fresh, numbers));
      case Change.Dequeue(var id, var _) -> dequeue(id);
      case Change.RecordFate(var entry) -> record(entry);
      case Change.PutDomain(var domain) -> directory.put(domain);
      case Change.RemoveDomain(var name) -> directory.removeDomain(name);
      case Change.PutAccount(var account) -> directory.put(account);
      case Change.RemoveAccount(var address) -> removeAccount(address.folded());
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

  private MailboxHeap.@Nullable Mailbox mailbox(MailboxName name) {
    Optional<MailboxHeap.Mailbox> staged = mailboxes.get(name);
    return staged != null ? staged.orElse(null) : heap.mailboxes.find(name);
  }

  private void append(
      MailboxName name, StoredMessage message, Instant arrivedAt, Set<String> flags) {
    MailboxHeap.Mailbox box = mailbox(name);
    if (box == null) {
      box = create(name);
    }
    long uid = box.nextUid();
    MessageCodec.write(value.reset(), message, arrivedAt, flags);
    rows.put(Keys.message(key, box.number(), uid), value);
    messages.put(new MessageKey(box.number(), uid), StoredCodec.number(message.content()));
    mailboxes.put(
        name, Optional.of(new MailboxHeap.Mailbox(box.number(), box.uidValidity(), uid + 1)));
    counters.addMessages(1);
  }

  private MailboxHeap.Mailbox create(MailboxName name) {
    MailboxHeap.Mailbox box =
        new MailboxHeap.Mailbox(
            counters.takeMailbox(), counters.takeValidity(now.getEpochSecond()), 1);
    value.reset().u8(1).varint(box.number()).varint(box.uidValidity());
    rows.put(Keys.mailbox(key, name), value);
    return box;
  }

  private void expunge(MailboxName name, Set<Long> uids) throws IOException {
    MailboxHeap.Mailbox box = mailbox(name);
    if (box == null) {
      return;
    }
    for (long uid : uids) {
      MessageKey message = new MessageKey(box.number(), uid);
      Long content = messages.get(message);
      if (content == null) {
        byte[] row = index.get(Keys.message(key, box.number(), uid).toBytes());
        content = row == null ? GONE : StoredCodec.contentOf(row);
      }
      if (content != GONE) {
        remove(message, content);
      }
    }
  }

  private void remove(MessageKey message, long content) throws IOException {
    rows.delete(Keys.message(key, message.mailbox(), message.uid()));
    messages.put(message, GONE);
    contents.count(content, -1);
    counters.addMessages(-1);
  }

  private void removeAccount(EmailAddress address) throws IOException {
    directory.removeAccount(address);
    List<MailboxName> names = new ArrayList<>(heap.mailboxes.of(address));
    mailboxes.keySet().stream()
        .filter(name -> name.owner().equals(address) && !names.contains(name))
        .toList()
        .forEach(names::add);
    for (MailboxName name : names) {
      MailboxHeap.Mailbox box = mailbox(name);
      if (box != null) {
        removeMessages(box.number());
        rows.delete(Keys.mailbox(key, name));
        rows.delete(Keys.nextUid(key, box.number()));
        mailboxes.put(name, Optional.empty());
      }
    }
  }

  private void removeMessages(long mailbox) throws IOException {
    Map<MessageKey, Long> found = new HashMap<>();
    index.scan(
        Keys.messages(new ByteWriter(9), mailbox).toBytes(),
        (row, content) -> {
          long uid = new ByteReader(row, 9, row.length).fixed64();
          found.put(new MessageKey(mailbox, uid), StoredCodec.contentOf(content));
          return true;
        });
    messages.forEach(
        (message, content) -> {
          if (message.mailbox() == mailbox) {
            found.put(message, content);
          }
        });
    for (Map.Entry<MessageKey, Long> message : found.entrySet()) {
      if (message.getValue() != GONE) {
        remove(message.getKey(), message.getValue());
      }
    }
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
    mailboxes.forEach(
        (_, box) ->
            box.ifPresent(
                mailbox ->
                    rows.put(
                        Keys.nextUid(key, mailbox.number()),
                        value.reset().u8(1).varint(mailbox.nextUid()))));
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
    mailboxes.forEach(
        (name, box) ->
            box.ifPresentOrElse(
                present -> heap.mailboxes.put(name, present), () -> heap.mailboxes.remove(name)));
    directory.takeOver();
    heap.counters(counters.toCounters());
  }
}
