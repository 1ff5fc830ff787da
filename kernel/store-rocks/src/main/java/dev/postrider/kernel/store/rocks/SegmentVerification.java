package dev.postrider.kernel.store.rocks;

import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads every record of all segments, checks every checksum, and hands on the groups. What a crash
 * leaves at the very end was never acknowledged and is no finding.
 */
final class SegmentVerification {
  private static final long READABLE = Long.MAX_VALUE;

  /** Where a content begins. */
  record Place(long segment, long offset) {}

  private final Segments segments;
  private final Position applied;
  private final long checkpoint;
  private final Findings findings;
  private final Replay.Sink sink;
  private final Set<Place> damaged = new HashSet<>();
  private boolean complete = true;
  private long groups;
  private long contents;
  private long lastSequence;

  /**
   * Prepares.
   *
   * @param applied up to where the index goes: what is damaged before is no torn end
   * @param checkpoint groups up to this sequence may be gone with their segments
   */
  SegmentVerification(
      Segments segments, Position applied, long checkpoint, Findings findings, Replay.Sink sink) {
    this.segments = segments;
    this.applied = applied;
    this.checkpoint = checkpoint;
    this.findings = findings;
    this.sink = sink;
  }

  void run() throws IOException {
    if (applied.segment() != 0) {
      Segment last = segments.find(applied.segment());
      if (last == null) {
        missing(applied.segment(), "which holds the newest group of the index");
      } else if (segments.trustedEnd(last) < applied.end()) {
        findings.segment(
            last.path(),
            segments.trustedEnd(last),
            "it ends here, but the index knows a group that ends at " + applied.end());
        complete = false;
      }
    }
    for (Segment segment : segments.all()) {
      verify(segment);
    }
  }

  private void missing(long number, String why) {
    findings.segment(segments.path(number), 0, "the segment is missing, " + why);
    complete = false;
  }

  private void verify(Segment segment) throws IOException {
    SegmentHeader header = segment.header();
    if (header.firstSequence() == READABLE) {
      findings.segment(segment.path(), 0, "the header of the segment is damaged");
    } else if (header.previous() != 0
        && segments.find(header.previous()) == null
        && header.firstSequence() - 1 > checkpoint) {
      missing(header.previous(), "which " + segment.path().getFileName() + " follows");
    }
    Disk.@Nullable DiskFile file = segment.lease();
    if (file != null) {
      try {
        new Walk(segment, file).run();
      } finally {
        segment.release();
      }
    }
  }

  /** Whether all groups that are not in the checkpoint could be read. */
  boolean isComplete() {
    return complete;
  }

  boolean isDamaged(ContentRow row) {
    return damaged.contains(new Place(row.segment(), row.offset()));
  }

  long groups() {
    return groups;
  }

  long contents() {
    return contents;
  }

  /** Through one segment. */
  private final class Walk {
    private final Segment segment;
    private final Disk.DiskFile file;
    private final long tail;
    private final Map<Long, String> suspicious = new LinkedHashMap<>();
    private final Set<Long> torn = new HashSet<>();
    private final Map<Position, byte[]> doubtful = new LinkedHashMap<>();

    Walk(Segment segment, Disk.DiskFile file) {
      this.segment = segment;
      this.file = file;
      boolean last = segments.after(segment) == null;
      this.tail = !last ? READABLE : segment.number() == applied.segment() ? applied.end() : 0;
    }

    void run() throws IOException {
      SegmentScan scan =
          new SegmentScan(
              file, segment.header().salt(), SegmentHeader.SIZE, segments.trustedEnd(segment));
      for (Frame frame = next(scan); frame != null; frame = next(scan)) {
        switch (frame.kind()) {
          case Frame.CONTENT -> content(frame);
          case Frame.ROWS -> rows(frame);
          default -> suspicious.put(frame.offset(), "a record of the unknown kind " + frame.kind());
        }
      }
      if (suspicious.keySet().stream().anyMatch(offset -> offset < tail)) {
        report();
      }
    }

    private @Nullable Frame next(SegmentScan scan) throws IOException {
      Frame frame = scan.next();
      if (scan.damagedAt() >= 0) {
        suspicious.put(scan.damagedAt(), "octets that are no sound record");
        // A group may have stood there.
        complete &= scan.damagedAt() >= tail;
      }
      return frame;
    }

    private void content(Frame frame) throws IOException {
      contents++;
      if (!SegmentScan.intact(file, frame)) {
        suspicious.put(frame.offset(), "content " + frame.id() + " has a wrong checksum");
        damaged.add(new Place(segment.number(), frame.offset()));
        torn.add(frame.sequence());
      }
    }

    private void rows(Frame frame) throws IOException {
      byte[] rows = SegmentScan.payload(file, frame);
      if (rows == null) {
        suspicious.put(
            frame.offset(), "the rows of group " + frame.sequence() + " have a wrong checksum");
        complete &= frame.offset() >= tail;
        return;
      }
      Position position = new Position(frame.sequence(), segment.number(), frame.end());
      if (frame.offset() >= tail && torn.contains(frame.sequence())) {
        doubtful.put(position, rows);
        return;
      }
      // A sound group behind it: that was no torn end.
      report();
      group(rows, position);
    }

    private void report() throws IOException {
      suspicious.forEach((offset, what) -> findings.segment(segment.path(), offset, what));
      suspicious.clear();
      for (Map.Entry<Position, byte[]> group : doubtful.entrySet()) {
        group(group.getValue(), group.getKey());
      }
      doubtful.clear();
    }

    private void group(byte[] rows, Position position) throws IOException {
      if (position.sequence() <= lastSequence) {
        findings.segment(
            segment.path(),
            position.end(),
            "group " + position.sequence() + " ends here, after group " + lastSequence);
      }
      lastSequence = Math.max(lastSequence, position.sequence());
      groups++;
      sink.group(rows, position);
    }
  }
}
