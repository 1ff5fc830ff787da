package dev.postrider.kernel.store.rocks;

import dev.postrider.kernel.store.CommitResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Frees the space of dead contents. Live contents of a mostly dead segment are appended to the
 * current one like any commit; when the segment has none left and a checkpoint holds the rows that
 * its groups brought, the file is deleted. A crash at any step leaves a store that is complete.
 */
final class Compaction {

  private static final Logger LOG = LoggerFactory.getLogger(Compaction.class);
  private static final int MOVE_BYTES = 1 << 20;
  private static final int MOVE_COUNT = 64;

  private final RocksStoreOptions options;
  private final Disk disk;
  private final Segments segments;
  private final Index index;
  private final ContentRows contentRows;
  private final Committer committer;
  private final RandomGenerator random;
  private final CountDownLatch stopped;
  private final Set<Long> damaged = new HashSet<>();
  private long lastCheckpointBytes;
  private boolean throttled;

  Compaction(
      RocksStoreOptions options,
      Disk disk,
      Segments segments,
      Index index,
      ContentRows contentRows,
      Committer committer,
      RandomGenerator random,
      CountDownLatch stopped) {
    this.options = options;
    this.disk = disk;
    this.segments = segments;
    this.index = index;
    this.contentRows = contentRows;
    this.committer = committer;
    this.random = random;
    this.stopped = stopped;
  }

  /**
   * One round; returns the octets of the files that were deleted.
   *
   * @param now at full speed, and with a checkpoint even for a little gain
   */
  long run(boolean now) throws IOException {
    throttled = !now;
    for (Segment segment : sealed()) {
      long live = segment.live();
      if (live > 0
          && live < options.compactionShare() * segment.end()
          && !damaged.contains(segment.number())) {
        evacuate(segment);
      }
    }
    List<Segment> dead = sealed().stream().filter(segment -> segment.live() == 0).toList();
    long sequence = Checkpoint.sequence(segments.folder());
    long waiting = 0;
    for (Segment segment : dead) {
      waiting += covered(segment, sequence) ? 0 : segment.end();
    }
    if (waiting > 0 && (now || waiting >= Math.max(options.segmentBytes(), lastCheckpointBytes))) {
      sequence = checkpoint();
    }
    return delete(dead, sequence);
  }

  /** Segments that nothing is appended to any more, by age. */
  private List<Segment> sealed() {
    long current = committer.applied().segment();
    return segments.all().stream().filter(segment -> segment.number() < current).toList();
  }

  /** Whether all groups of the segment are older than the checkpoint. */
  private boolean covered(Segment segment, long sequence) {
    Segment next = segments.after(segment);
    return next != null && next.header().firstSequence() - 1 <= sequence;
  }

  private long delete(List<Segment> dead, long sequence) throws IOException {
    long freed = 0;
    for (Segment segment : dead) {
      if (covered(segment, sequence)) {
        Segment before = segments.before(segment);
        if (before != null) {
          segments.cutBack(before);
        }
        segments.cutBack(segment);
        freed += segment.end();
        LOG.info("{} holds nothing any more and is deleted", segment.path());
        segments.giveUp(segment);
      }
    }
    return freed;
  }

  private void evacuate(Segment segment) throws IOException {
    Disk.@Nullable DiskFile file = segment.lease();
    if (file == null) {
      return;
    }
    LOG.info(
        "{} has {} live of {} octets; they are moved",
        segment.path(),
        segment.live(),
        segment.end());
    try {
      SegmentScan scan =
          new SegmentScan(
              file, segment.header().salt(), SegmentHeader.SIZE, segments.trustedEnd(segment));
      List<Work.Evacuate.Moved> some = new ArrayList<>();
      long bytes = 0;
      for (Frame frame = scan.next(); frame != null; frame = scan.next()) {
        if (frame.kind() == Frame.CONTENT && isLive(segment, frame)) {
          Octets octets = read(segment, file, frame);
          if (octets != null) {
            some.add(new Work.Evacuate.Moved(frame.id(), segment.number(), frame.offset(), octets));
            bytes += frame.length();
          }
        }
        if (bytes >= MOVE_BYTES || some.size() >= MOVE_COUNT) {
          move(some, bytes);
          some = new ArrayList<>();
          bytes = 0;
        }
      }
      move(some, bytes);
    } finally {
      segment.release();
    }
  }

  private boolean isLive(Segment segment, Frame frame) throws IOException {
    ContentRow row = contentRows.findHere(frame.id());
    return row != null && row.segment() == segment.number() && row.offset() == frame.offset();
  }

  private @Nullable Octets read(Segment segment, Disk.DiskFile file, Frame frame)
      throws IOException {
    if (frame.length() > MOVE_BYTES) {
      if (SegmentScan.intact(file, frame)) {
        return new Octets.InSegment(file, frame.payload(), frame.length(), frame.crc());
      }
    } else {
      byte[] octets = SegmentScan.payload(file, frame);
      if (octets != null) {
        return new Octets.OnHeap(octets, octets.length, frame.crc());
      }
    }
    LOG.error(
        "damaged record: {} at offset {}; the segment is kept", segment.path(), frame.offset());
    damaged.add(segment.number());
    return null;
  }

  private void move(List<Work.Evacuate.Moved> some, long bytes) throws IOException {
    if (some.isEmpty()) {
      return;
    }
    CommitResult result = committer.submit(new Work.Evacuate(some));
    if (!(result instanceof CommitResult.Committed)) {
      throw new IOException("live contents could not be moved: " + result);
    }
    pace(bytes);
  }

  private void pace(long bytes) throws IOException {
    long pause = throttled ? bytes * 1_000_000_000L / options.compactionBytesPerSecond() : 0;
    try {
      if (stopped.await(pause, TimeUnit.NANOSECONDS)) {
        throw new IOException("the store is being closed");
      }
    } catch (InterruptedException e) {
      throw new IOException("the store is being closed", e);
    }
  }

  private long checkpoint() throws IOException {
    Point point = new Point();
    CommitResult taken = committer.submit(new Work.Between(() -> point.take(index, committer)));
    Index.@Nullable View snapshot = point.snapshot;
    if (snapshot == null) {
      throw new IOException("no snapshot of the index: " + taken);
    }
    try {
      lastCheckpointBytes =
          Checkpoint.write(
              disk,
              segments.folder(),
              index,
              snapshot,
              point.sequence,
              random.nextLong(),
              this::pace);
      LOG.info("a checkpoint of {} octets was written", lastCheckpointBytes);
      return point.sequence;
    } finally {
      index.release(snapshot);
    }
  }

  /** A snapshot of the rows and the group after which it was taken. */
  private static final class Point {
    private volatile Index.@Nullable View snapshot;
    private volatile long sequence;

    void take(Index index, Committer committer) {
      try {
        sequence = committer.applied().sequence();
        snapshot = index.snapshot();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
