package dev.postrider.kernel.store.rocks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the groups of one segment again. What is damaged is reported and skipped. */
final class Replay {

  private static final Logger LOG = LoggerFactory.getLogger(Replay.class);

  /** Takes the row changes of a group. */
  @FunctionalInterface
  interface Sink {
    void group(byte[] rows, Position position) throws IOException;
  }

  private static final class Group {
    private final byte[] rows;
    private final Position position;

    Group(byte[] rows, Position position) {
      this.rows = rows;
      this.position = position;
    }
  }

  private final Segment segment;
  private final Disk.DiskFile file;
  private final long after;
  private final boolean checkContents;
  private final Sink sink;
  private final List<Long> suspicious = new ArrayList<>();
  private final List<Group> doubtful = new ArrayList<>();
  private final Set<Long> torn = new HashSet<>();
  private long trustedEnd;
  private int damaged;

  /**
   * Prepares.
   *
   * @param after groups up to this sequence are skipped
   * @param checkContents whether a group with a damaged content is doubted: at the end of the log,
   *     where a power failure may have kept the rows and lost the content
   */
  Replay(Segment segment, Disk.DiskFile file, long after, boolean checkContents, Sink sink) {
    this.segment = segment;
    this.file = file;
    this.after = after;
    this.checkContents = checkContents;
    this.sink = sink;
  }

  /** Replays; returns where the last sound group ends. */
  long run(long from, long limit) throws IOException {
    trustedEnd = from;
    SegmentScan scan = new SegmentScan(file, segment.header().salt(), from, limit);
    for (Frame frame = next(scan); frame != null; frame = next(scan)) {
      if (frame.kind() == Frame.CONTENT) {
        if (checkContents && frame.sequence() > after && !SegmentScan.intact(file, frame)) {
          suspicious.add(frame.offset());
          torn.add(frame.sequence());
        }
      } else if (frame.kind() == Frame.ROWS) {
        rows(frame);
      }
    }
    return trustedEnd;
  }

  private @Nullable Frame next(SegmentScan scan) throws IOException {
    Frame frame = scan.next();
    if (scan.damagedAt() >= 0) {
      suspicious.add(scan.damagedAt());
    }
    return frame;
  }

  private void rows(Frame frame) throws IOException {
    if (frame.sequence() <= after) {
      trustedEnd = frame.end();
      return;
    }
    byte[] rows = SegmentScan.payload(file, frame);
    if (rows == null) {
      suspicious.add(frame.offset());
      return;
    }
    Group group = new Group(rows, new Position(frame.sequence(), segment.number(), frame.end()));
    if (torn.contains(frame.sequence())) {
      doubtful.add(group);
      return;
    }
    // A sound group after it: what looked like a torn end is damage in the middle.
    report();
    for (Group earlier : doubtful) {
      sink.group(earlier.rows, earlier.position);
    }
    doubtful.clear();
    sink.group(group.rows, group.position);
    trustedEnd = frame.end();
  }

  private void report() {
    for (long offset : suspicious) {
      LOG.error("damaged record: {} at offset {}; it is skipped", segment.path(), offset);
      damaged++;
    }
    suspicious.clear();
  }

  /** How many damaged records were skipped. */
  int damaged() {
    return damaged;
  }

  /** The end of this segment is followed by other segments, so it can't be torn. */
  void endIsInTheMiddle() throws IOException {
    report();
    for (Group group : doubtful) {
      sink.group(group.rows, group.position);
      trustedEnd = group.position.end();
    }
    doubtful.clear();
  }
}
