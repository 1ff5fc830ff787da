package dev.postrider.kernel.store.rocks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The contents that a group brings, holds, lets go and moves: their places in the segment and how
 * many entries hold them. Thread: the committer's.
 */
final class ContentStage {

  /** A content that is to be written. */
  record Placed(long number, Octets octets) {}

  private final ContentRows committed;
  private final StagedCounters counters;
  private final long segment;
  private final Map<Long, ContentRow> contents = new HashMap<>();
  private final Map<Long, Long> live = new HashMap<>();
  private final List<Placed> placed = new ArrayList<>();
  private long offset;

  ContentStage(ContentRows committed, StagedCounters counters, long segment, long offset) {
    this.committed = committed;
    this.counters = counters;
    this.segment = segment;
    this.offset = offset;
  }

  /** The content as it is at this point of the group; null where it is gone. */
  @Nullable ContentRow find(long number) throws IOException {
    ContentRow staged = contents.get(number);
    return staged != null ? staged : committed.findHere(number);
  }

  /** Gives new content a number and a place; nothing holds it yet. */
  long place(Octets octets) {
    long number = counters.takeContent();
    ContentRow row = new ContentRow(segment, offset, octets.length(), 0);
    contents.put(number, row);
    placed.add(new Placed(number, octets));
    offset += row.footprint();
    return number;
  }

  /** One entry more or less holds the content. */
  void count(long number, int change) throws IOException {
    ContentRow row = find(number);
    if (row == null) {
      // Only after a damaged record was skipped; the entry itself can still be removed.
      return;
    }
    ContentRow next = row.held(change);
    contents.put(number, next);
    if (row.entries() == 0 && next.entries() > 0) {
      live.merge(row.segment(), row.footprint(), Long::sum);
    } else if (row.entries() > 0 && next.entries() == 0) {
      live.merge(row.segment(), -row.footprint(), Long::sum);
    }
  }

  /** Moves a content where it still lies where it was read. */
  void move(Work.Evacuate.Moved moved) throws IOException {
    ContentRow row = find(moved.content());
    if (row == null
        || row.entries() == 0
        || row.segment() != moved.segment()
        || row.offset() != moved.offset()) {
      return;
    }
    ContentRow next = new ContentRow(segment, offset, row.length(), row.entries());
    contents.put(moved.content(), next);
    placed.add(new Placed(moved.content(), moved.octets()));
    offset += next.footprint();
    live.merge(row.segment(), -row.footprint(), Long::sum);
    live.merge(segment, next.footprint(), Long::sum);
  }

  boolean isEmpty() {
    return contents.isEmpty();
  }

  List<Placed> placed() {
    return placed;
  }

  /** Adds one row per content that was touched. */
  void writeRows(RowBuffer rows, ByteWriter key, ByteWriter value) {
    contents.forEach(
        (number, row) -> {
          if (row.entries() == 0) {
            rows.delete(Keys.content(key, number));
          } else {
            row.write(value.reset());
            rows.put(Keys.content(key, number), value);
          }
        });
  }

  /** Adds the rows about live octets, which only the index has. */
  void writeLocalRows(Segments segments, RowBuffer rows, ByteWriter key, ByteWriter value) {
    live.forEach(
        (number, change) -> {
          Segment touched = segments.find(number);
          if (touched != null) {
            rows.put(
                Keys.segmentLive(key, number), value.reset().u8(1).varint(touched.live() + change));
          }
        });
  }

  /** The group is durable: makes it visible. */
  void takeOver(Segments segments) {
    committed.committed(contents);
    live.forEach(
        (number, change) -> {
          Segment touched = segments.find(number);
          if (touched != null) {
            touched.live(touched.live() + change);
          }
        });
  }
}
