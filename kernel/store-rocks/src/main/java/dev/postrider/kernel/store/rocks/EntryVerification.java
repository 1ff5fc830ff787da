package dev.postrider.kernel.store.rocks;

import dev.postrider.kernel.store.StoredMessage;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Looks at each entry that holds content: mailbox messages, spool, outbound queue. Their content
 * has to be there, whole, and long enough.
 */
final class EntryVerification {
  private final OverlaidRows rows;
  private final Segments segments;
  private final SegmentVerification records;
  private final RowNames names;
  private final Findings findings;
  private final LongCounts holders = new LongCounts();
  private final Map<Long, Long> highestUids = new HashMap<>();
  private long messages;

  EntryVerification(
      OverlaidRows rows,
      Segments segments,
      SegmentVerification records,
      RowNames names,
      Findings findings) {
    this.rows = rows;
    this.segments = segments;
    this.records = records;
    this.names = names;
    this.findings = findings;
  }

  void run() throws IOException {
    rows.scan(
        Keys.SPOOL, (key, row) -> entry(key, () -> SpoolCodec.read(Heap.id(key), row).message()));
    rows.scan(
        Keys.QUEUE, (key, row) -> entry(key, () -> QueueCodec.read(Heap.id(key), row).message()));
    rows.scan(
        Keys.MESSAGE,
        (key, row) -> {
          ByteReader in = new ByteReader(key, 1, key.length);
          long mailbox = in.fixed64();
          long uid = in.fixed64();
          highestUids.merge(mailbox, uid, Math::max);
          messages++;
          return entry(key, () -> MessageCodec.read(uid, row).message());
        });
  }

  private boolean entry(byte[] key, Supplier<StoredMessage> read) throws IOException {
    StoredMessage message;
    try {
      message = read.get();
    } catch (ByteReader.DamagedRow | IllegalArgumentException e) {
      findings.index(names.of(key), "the row can't be read: " + e.getMessage());
      return true;
    }
    long number = StoredCodec.number(message.content());
    byte[] row = number <= 0 ? null : rows.get(Keys.content(new ByteWriter(9), number).toBytes());
    if (row == null) {
      findings.reference(names.of(key), "its content " + number + " is in no row of the index");
      return true;
    }
    holders.add(number);
    octets(key, message, number, row);
    return true;
  }

  private void octets(byte[] key, StoredMessage message, long number, byte[] row) {
    ContentRow content;
    try {
      content = ContentRow.read(row);
    } catch (ByteReader.DamagedRow e) {
      return; // Named where the contents are looked at.
    }
    if (segments.find(content.segment()) == null || records.isDamaged(content)) {
      findings.content(
          segments.path(content.segment()),
          content.offset(),
          names.of(key),
          "its content " + number + " is missing or damaged");
    }
    long size = message.head().length() + content.length() - message.offset();
    if (message.offset() > content.length() || size != message.size()) {
      findings.reference(
          names.of(key),
          "it has %d octets, but its head and content %d make %d"
              .formatted(message.size(), number, size));
    }
  }

  /** How many entries hold a content. */
  int holders(long content) {
    return holders.count(content);
  }

  /** The highest uid in each mailbox that holds messages, by its number. */
  Map<Long, Long> highestUids() {
    return highestUids;
  }

  long messages() {
    return messages;
  }
}
