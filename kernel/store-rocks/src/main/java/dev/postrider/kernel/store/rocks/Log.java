package dev.postrider.kernel.store.rocks;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The groups of all segments from a position on. */
final class Log {

  private static final Logger LOG = LoggerFactory.getLogger(Log.class);

  private final Segments segments;
  private final Position start;
  private final long after;
  private final Replay.Sink sink;

  Log(Segments segments, Position start, long after, Replay.Sink sink) {
    this.segments = segments;
    this.start = start;
    this.after = after;
    this.sink = sink;
  }

  /**
   * Replays all.
   *
   * @param cut whether to cut a torn end off the last segment
   */
  Recovery.Outcome replay(boolean cut) throws IOException {
    Position[] reached = {start};
    int damaged = 0;
    Replay.Sink counting =
        (rows, position) -> {
          sink.group(rows, position);
          reached[0] = position;
        };
    for (Segment segment : segments.all()) {
      if (segment.number() >= start.segment()) {
        damaged += replay(segment, counting, cut);
      }
    }
    return new Recovery.Outcome(reached[0], damaged);
  }

  private int replay(Segment segment, Replay.Sink counting, boolean cut) throws IOException {
    long from = segment.number() == start.segment() ? start.end() : SegmentHeader.SIZE;
    long limit = segments.trustedEnd(segment);
    Disk.@Nullable DiskFile file = segment.lease();
    if (file == null) {
      return 0;
    }
    try {
      boolean last = segments.after(segment) == null;
      Replay replay = new Replay(segment, file, after, last, counting);
      long end = replay.run(from, limit);
      if (!last) {
        replay.endIsInTheMiddle();
      } else if (cut && end < limit) {
        LOG.warn(
            "{} has a torn end: {} octets that were never acknowledged are cut off at {}",
            segment.path(),
            limit - end,
            end);
        file.truncate(end);
        file.force();
        segment.end(end);
      }
      return replay.damaged();
    } finally {
      segment.release();
    }
  }
}
