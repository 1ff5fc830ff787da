package dev.postrider.kernel.store.rocks;

import dev.postrider.kernel.mailbox.MailboxMessage;
import dev.postrider.kernel.mailbox.MailboxName;
import dev.postrider.kernel.store.Change;
import dev.postrider.kernel.store.StoredMessage;
import dev.postrider.plugin.EmailAddress;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a group does to mailboxes and their messages. Thread: the committer's. */
final class MailboxStage {

  /** Where the group's rows are written, and room to write one. */
  record Rows(RowBuffer buffer, ByteWriter key, ByteWriter value) {}

  private record MessageKey(long mailbox, long uid) {}

  private final MailboxHeap heap;
  private final Index index;
  private final Instant now;
  private final RowBuffer rows;
  private final ByteWriter key;
  private final ByteWriter value;
  private final StagedCounters counters;
  private final ContentStage contents;
  private final Map<MailboxName, Optional<MailboxHeap.Mailbox>> mailboxes = new HashMap<>();
  private final Map<MessageKey, Optional<MailboxMessage>> messages = new HashMap<>();

  MailboxStage(
      MailboxHeap heap,
      Index index,
      Instant now,
      Rows rows,
      StagedCounters counters,
      ContentStage contents) {
    this.heap = heap;
    this.index = index;
    this.now = now;
    this.rows = rows.buffer();
    this.key = rows.key();
    this.value = rows.value();
    this.counters = counters;
    this.contents = contents;
  }

  /** What one batch takes away, change by change, before anything of it is staged. */
  final class Moves {
    private final Set<MessageKey> gone = new HashSet<>();
    private final Set<EmailAddress> owners = new HashSet<>();

    /** Notes an account that goes. */
    @Nullable String removed(EmailAddress owner) {
      owners.add(owner);
      return null;
    }

    /** Notes messages that go. */
    @Nullable String removed(MailboxName name, Set<Long> uids) {
      MailboxHeap.Mailbox box = mailbox(name);
      if (box != null) {
        uids.forEach(uid -> gone.add(new MessageKey(box.number(), uid)));
      }
      return null;
    }

    /** What the move is in conflict with. */
    @Nullable String conflict(Change.Move move) throws IOException {
      MailboxName from = move.from();
      MailboxHeap.Mailbox box = owners.contains(from.owner()) ? null : mailbox(from);
      if (box == null || box.uidValidity() != move.uidValidity()) {
        return "mailbox " + from + " is another one now";
      }
      for (long uid : move.uids()) {
        MessageKey message = new MessageKey(box.number(), uid);
        if (!gone.add(message) || find(message).isEmpty()) {
          return "message " + uid + " of " + from + " is gone";
        }
      }
      return null;
    }
  }

  /** For the next batch. */
  Moves moves() {
    return new Moves();
  }

  private MailboxHeap.@Nullable Mailbox mailbox(MailboxName name) {
    Optional<MailboxHeap.Mailbox> staged = mailboxes.get(name);
    return staged != null ? staged.orElse(null) : heap.find(name);
  }

  private Optional<MailboxMessage> find(MessageKey message) throws IOException {
    Optional<MailboxMessage> staged = messages.get(message);
    return staged != null ? staged : row(message).map(row -> MessageCodec.read(message.uid(), row));
  }

  private Optional<byte[]> row(MessageKey message) throws IOException {
    return Optional.ofNullable(
        index.get(Keys.message(key, message.mailbox(), message.uid()).toBytes()));
  }

  /** Adds a message whose content is counted already. */
  void append(MailboxName name, StoredMessage message, Instant arrivedAt, Set<String> flags) {
    MailboxHeap.Mailbox box = mailbox(name);
    if (box == null) {
      box = create(name);
    }
    long uid = box.nextUid();
    MessageCodec.write(value.reset(), message, arrivedAt, flags);
    rows.put(Keys.message(key, box.number(), uid), value);
    messages.put(
        new MessageKey(box.number(), uid),
        Optional.of(new MailboxMessage(uid, message, arrivedAt, flags)));
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

  void move(Change.Move move) throws IOException {
    MailboxHeap.Mailbox box = mailbox(move.from());
    if (box == null) {
      throw new IllegalStateException("a move was staged without a look for conflicts");
    }
    for (long uid : move.uids()) {
      MessageKey old = new MessageKey(box.number(), uid);
      MailboxMessage message = find(old).orElseThrow();
      // One entry less, one more: the content stays as it is.
      delete(old);
      append(move.to(), message.message(), message.arrivedAt(), message.flags());
    }
  }

  void expunge(MailboxName name, Set<Long> uids) throws IOException {
    MailboxHeap.Mailbox box = mailbox(name);
    if (box == null) {
      return;
    }
    for (long uid : uids) {
      MessageKey message = new MessageKey(box.number(), uid);
      Optional<MailboxMessage> staged = messages.get(message);
      Optional<Long> content =
          staged != null
              ? staged.map(MailboxStage::contentOf)
              : row(message).map(StoredCodec::contentOf);
      if (content.isPresent()) {
        remove(message, content.get());
      }
    }
  }

  private static long contentOf(MailboxMessage message) {
    return StoredCodec.number(message.message().content());
  }

  private void remove(MessageKey message, long content) throws IOException {
    delete(message);
    contents.count(content, -1);
  }

  private void delete(MessageKey message) {
    rows.delete(Keys.message(key, message.mailbox(), message.uid()));
    messages.put(message, Optional.empty());
    counters.addMessages(-1);
  }

  /** Removes all mailboxes of an account. */
  void removeAll(EmailAddress owner) throws IOException {
    List<MailboxName> names = new ArrayList<>(heap.of(owner));
    mailboxes.keySet().stream()
        .filter(name -> name.owner().equals(owner) && !names.contains(name))
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
    Map<MessageKey, Optional<Long>> found = new HashMap<>();
    index.scan(
        Keys.messages(new ByteWriter(9), mailbox).toBytes(),
        (row, content) -> {
          long uid = new ByteReader(row, 9, row.length).fixed64();
          found.put(new MessageKey(mailbox, uid), Optional.of(StoredCodec.contentOf(content)));
          return true;
        });
    messages.forEach(
        (message, staged) -> {
          if (message.mailbox() == mailbox) {
            found.put(message, staged.map(MailboxStage::contentOf));
          }
        });
    for (Map.Entry<MessageKey, Optional<Long>> message : found.entrySet()) {
      if (message.getValue().isPresent()) {
        remove(message.getKey(), message.getValue().get());
      }
    }
  }

  /** Adds the rows that are written once per group. */
  void writeRows() {
    mailboxes.forEach(
        (_, box) ->
            box.ifPresent(
                mailbox ->
                    rows.put(
                        Keys.nextUid(key, mailbox.number()),
                        value.reset().u8(1).varint(mailbox.nextUid()))));
  }

  /** The group is durable: makes it visible. */
  void takeOver() {
    mailboxes.forEach(
        (name, box) ->
            box.ifPresentOrElse(present -> heap.put(name, present), () -> heap.remove(name)));
  }
}
