package dev.postrider.kernel.store.rocks;

import dev.postrider.kernel.mailbox.MailboxName;
import dev.postrider.kernel.outbound.QueueEntry;
import dev.postrider.kernel.outbound.QueueSummary;
import dev.postrider.kernel.spool.SpoolEntry;
import dev.postrider.plugin.EmailAddress;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What is kept on the heap of the rows. Read by any thread, written by the committer. */
final class Heap {

  final DirectoryHeap directory = new DirectoryHeap();
  final MailboxHeap mailboxes = new MailboxHeap();
  final SpoolHeap spool = new SpoolHeap();
  final QueueHeap queue = new QueueHeap();
  private volatile Counters counters = Counters.START;

  Counters counters() {
    return counters;
  }

  void counters(Counters value) {
    counters = value;
  }

  /** Reads it from the index. */
  static Heap load(Index index) throws IOException {
    Heap heap = new Heap();
    byte[] counters = index.get(Keys.counters(new ByteWriter(1)).toBytes());
    if (counters != null) {
      heap.counters = Counters.read(counters);
    }
    index.scan(
        Keys.prefix(Keys.DOMAIN),
        (_, row) -> {
          heap.directory.put(DirectoryCodec.domain(row));
          return true;
        });
    index.scan(
        Keys.prefix(Keys.ACCOUNT),
        (_, row) -> {
          heap.directory.put(DirectoryCodec.account(row));
          return true;
        });
    index.scan(
        Keys.prefix(Keys.ALIAS),
        (_, row) -> {
          heap.directory.put(DirectoryCodec.alias(row));
          return true;
        });
    index.scan(
        Keys.prefix(Keys.SPOOL),
        (key, row) -> {
          heap.spool.put(slot(SpoolCodec.read(id(key), row), row));
          return true;
        });
    index.scan(
        Keys.prefix(Keys.QUEUE),
        (key, row) -> {
          String id = id(key);
          heap.queue.put(id, slot(QueueCodec.read(id, row), row));
          return true;
        });
    index.scan(
        Keys.prefix(Keys.MAILBOX),
        (key, row) -> {
          ByteReader name = new ByteReader(key, 1, key.length);
          EmailAddress owner = EnvelopeCodec.address(name);
          heap.mailboxes.put(new MailboxName(owner, name.string()), mailbox(index, row));
          return true;
        });
    return heap;
  }

  static String id(byte[] key) {
    return new ByteReader(key, 1, key.length).rest();
  }

  private static MailboxHeap.Mailbox mailbox(Index index, byte[] row) throws IOException {
    ByteReader in = new ByteReader(row).version(1);
    long number = in.varint();
    long validity = in.varint();
    byte @Nullable [] next = index.get(Keys.nextUid(new ByteWriter(9), number).toBytes());
    long nextUid = next == null ? 1 : new ByteReader(next).version(1).varint();
    return new MailboxHeap.Mailbox(number, validity, nextUid);
  }

  private static SpoolHeap.Slot slot(SpoolEntry entry, byte[] row) {
    return new SpoolHeap.Slot(
        entry.id(), StoredCodec.contentOf(row), entry.nextAttempt(), entry.held().isPresent());
  }

  private static QueueHeap.Slot slot(QueueEntry entry, byte[] row) {
    return new QueueHeap.Slot(summary(entry), StoredCodec.contentOf(row), entry.version());
  }

  static QueueSummary summary(QueueEntry entry) {
    return new QueueSummary(
        entry.id(), entry.destination(), entry.nextAttempt(), entry.held().isPresent());
  }
}
