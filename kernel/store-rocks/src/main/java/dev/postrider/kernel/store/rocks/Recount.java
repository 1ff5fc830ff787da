package dev.postrider.kernel.store.rocks;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Works out numbers again that are otherwise kept up to date change by change. */
final class Recount {

  private static final Logger LOG = LoggerFactory.getLogger(Recount.class);
  private static final int FLUSH_BYTES = 1 << 20;

  private Recount() {}

  /** The live octets of each segment, as the index has them. */
  static void loadLive(Index index, Segments segments) throws IOException {
    ByteWriter key = new ByteWriter(10);
    for (Segment segment : segments.all()) {
      byte[] row = index.get(Keys.segmentLive(key, segment.number()).toBytes());
      segment.live(row == null ? 0 : new ByteReader(row).version(1).varint());
    }
  }

  /**
   * What the logged changes of a group, which the index lacks, add to the live octets; adds the
   * rows about that.
   */
  static void addLive(byte[] changes, Index index, Segments segments, RowBuffer rows)
      throws IOException {
    Set<Segment> touched = new HashSet<>();
    ByteReader in = new ByteReader(changes);
    while (in.more()) {
      boolean put = in.u8() == RowBuffer.PUT;
      byte[] key = in.bytes();
      byte @Nullable [] now = put ? in.bytes() : null;
      if (key[0] == Keys.CONTENT) {
        addLive(index.get(key), -1, segments, touched);
        addLive(now, 1, segments, touched);
      }
    }
    ByteWriter value = new ByteWriter(10);
    for (Segment segment : touched) {
      value.reset().u8(1).varint(segment.live());
      rows.put(Keys.segmentLive(new ByteWriter(10), segment.number()), value);
    }
  }

  private static void addLive(
      byte @Nullable [] row, int sign, Segments segments, Set<Segment> touched) {
    if (row != null) {
      ContentRow content = ContentRow.read(row);
      Segment segment = segments.find(content.segment());
      if (segment != null) {
        segment.live(segment.live() + sign * content.footprint());
        touched.add(segment);
      }
    }
  }

  /** The live octets of each segment, from the rows of all contents. */
  static void live(Index index, Segments segments) throws IOException {
    Map<Long, Long> sums = new HashMap<>();
    index.scan(
        Keys.prefix(Keys.CONTENT),
        (_, row) -> {
          ContentRow content = ContentRow.read(row);
          sums.merge(content.segment(), content.footprint(), Long::sum);
          return true;
        });
    RowBuffer rows = new RowBuffer();
    ByteWriter value = new ByteWriter(10);
    for (Segment segment : segments.all()) {
      long live = sums.getOrDefault(segment.number(), 0L);
      segment.live(live);
      value.reset().u8(1).varint(live);
      rows.put(Keys.segmentLive(new ByteWriter(10), segment.number()), value);
    }
    if (!rows.isEmpty()) {
      index.write(rows.toBatch());
    }
  }

  /**
   * After damage: how many entries hold each content. Entries whose content is lost are removed and
   * reported; a mailbox never gives a uid twice.
   */
  static void entries(Index index) throws IOException {
    Map<Long, ContentRow> contents = new HashMap<>();
    index.scan(
        Keys.prefix(Keys.CONTENT),
        (key, row) -> {
          ContentRow content = ContentRow.read(row);
          contents.put(number(key), content.held(-content.entries()));
          return true;
        });
    RowBuffer rows = new RowBuffer();
    long messages = 0;
    for (byte kind : new byte[] {Keys.SPOOL, Keys.QUEUE, Keys.MESSAGE}) {
      long[] found = {0};
      index.scan(
          Keys.prefix(kind),
          (key, row) -> {
            long content = StoredCodec.contentOf(row);
            ContentRow held = contents.get(content);
            if (held == null) {
              LOG.error("{} is lost: its content was in a damaged record", name(key));
              rows.delete(key);
            } else {
              contents.put(content, held.held(1));
              found[0]++;
            }
            flush(index, rows, FLUSH_BYTES);
            return true;
          });
      messages = found[0];
    }
    ByteWriter key = new ByteWriter(9);
    ByteWriter value = new ByteWriter(32);
    for (Map.Entry<Long, ContentRow> content : contents.entrySet()) {
      Keys.content(key, content.getKey());
      if (content.getValue().entries() == 0) {
        rows.delete(key);
      } else {
        content.getValue().write(value.reset());
        rows.put(key, value);
      }
      flush(index, rows, FLUSH_BYTES);
    }
    raiseCounters(index, rows, contents, messages);
    raiseUids(index, rows);
    flush(index, rows, 0);
  }

  private static void raiseCounters(
      Index index, RowBuffer rows, Map<Long, ContentRow> contents, long messages)
      throws IOException {
    byte[] row = index.get(Keys.counters(new ByteWriter(1)).toBytes());
    Counters known = row == null ? Counters.START : Counters.read(row);
    long highest = contents.keySet().stream().mapToLong(Long::longValue).max().orElse(0);
    ByteWriter value = new ByteWriter(64);
    new Counters(
            Math.max(known.nextContent(), highest + 1),
            known.nextMailbox(),
            known.nextFate(),
            known.lastValidity(),
            messages)
        .write(value);
    rows.put(Keys.counters(new ByteWriter(1)), value);
  }

  private static void raiseUids(Index index, RowBuffer rows) throws IOException {
    Map<Long, Long> highest = new HashMap<>();
    index.scan(
        Keys.prefix(Keys.MESSAGE),
        (key, _) -> {
          ByteReader in = new ByteReader(key, 1, key.length);
          highest.merge(in.fixed64(), in.fixed64(), Math::max);
          return true;
        });
    ByteWriter key = new ByteWriter(9);
    ByteWriter value = new ByteWriter(11);
    for (Map.Entry<Long, Long> mailbox : highest.entrySet()) {
      byte[] row = index.get(Keys.nextUid(key, mailbox.getKey()).toBytes());
      long next = row == null ? 1 : new ByteReader(row).version(1).varint();
      if (next <= mailbox.getValue()) {
        rows.put(key, value.reset().u8(1).varint(mailbox.getValue() + 1));
      }
    }
  }

  private static void flush(Index index, RowBuffer rows, int threshold) throws IOException {
    if (!rows.isEmpty() && rows.length() > threshold) {
      index.load(rows.toBatch());
      rows.reset();
    }
  }

  private static long number(byte[] key) {
    return new ByteReader(key, 1, key.length).fixed64();
  }

  private static String name(byte[] key) {
    ByteReader in = new ByteReader(key, 1, key.length);
    return switch (key[0]) {
      case Keys.SPOOL -> "spool entry " + in.rest();
      case Keys.QUEUE -> "queue entry " + in.rest();
      default -> "message " + in.fixed64() + "/" + in.fixed64();
    };
  }
}
