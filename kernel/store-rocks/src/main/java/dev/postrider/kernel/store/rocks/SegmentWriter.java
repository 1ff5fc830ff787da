package dev.postrider.kernel.store.rocks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends groups to the current segment. After a failure what was written since the last sync is
 * never trusted again: it is cut off where possible, and the next group goes to a new segment whose
 * header says how far the old one counts. Thread: the committer's.
 */
final class SegmentWriter implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SegmentWriter.class);

  private final Disk disk;
  private final Segments segments;
  private final long segmentBytes;
  private final RandomGenerator random;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20);
  private @Nullable Segment segment;
  private Disk.@Nullable DiskFile file;
  private long begin;
  private long end;
  private long written;
  private boolean broken;

  SegmentWriter(Disk disk, Segments segments, long segmentBytes, RandomGenerator random) {
    this.disk = disk;
    this.segments = segments;
    this.segmentBytes = segmentBytes;
    this.random = random;
  }

  /** Goes on in a segment that ends here. */
  void resume(Segment last, long trustedEnd) throws IOException {
    segment = last;
    file = disk.open(last.path());
    begin = trustedEnd;
    end = trustedEnd;
  }

  /** Makes sure that there is a segment that can be trusted and has room. */
  void prepare(long nextSequence) throws IOException {
    if (file == null || broken || end >= segmentBytes) {
      roll(nextSequence);
    }
    written = end;
    buffer.clear();
  }

  private void roll(long nextSequence) throws IOException {
    long number = segments.nextNumber();
    SegmentHeader header =
        new SegmentHeader(
            number, random.nextLong(), nextSequence, segment == null ? 0 : segment.number(), end);
    var path = segments.path(number);
    Disk.DiskFile fresh = disk.create(path);
    try {
      fresh.write(header.toBuffer(), 0);
      fresh.force();
      disk.syncDirectory(segments.folder());
    } catch (IOException e) {
      fresh.close();
      disk.delete(path);
      throw e;
    }
    if (file != null) {
      file.close();
    }
    segment = new Segment(disk, path, header, SegmentHeader.SIZE);
    segments.add(segment);
    file = fresh;
    begin = SegmentHeader.SIZE;
    end = SegmentHeader.SIZE;
    broken = false;
  }

  /** The segment that is written to. */
  Segment segment() {
    if (segment == null) {
      throw new IllegalStateException("no segment yet");
    }
    return segment;
  }

  /** Where the next group begins. */
  long end() {
    return end;
  }

  void content(long sequence, long id, Octets octets) throws IOException {
    frame(Frame.CONTENT, sequence, id, octets.length(), octets.crc());
    switch (octets) {
      case Octets.OnHeap heap -> put(heap.array, 0, heap.count);
      case Octets.InFile(var path, long length, _) -> {
        try (FileChannel source = FileChannel.open(path, StandardOpenOption.READ)) {
          copy(source::read, 0, length);
        }
      }
      case Octets.InSegment(var source, long payload, long length, _) ->
          copy(source::read, payload, length);
    }
  }

  private interface Source {
    int read(ByteBuffer into, long position) throws IOException;
  }

  private void copy(Source source, long from, long length) throws IOException {
    for (long done = 0; done < length; ) {
      drainWhenFull();
      buffer.limit((int) Math.min(buffer.capacity(), buffer.position() + length - done));
      int count = source.read(buffer, from + done);
      buffer.limit(buffer.capacity());
      if (count < 0) {
        throw new IOException("content became shorter while it was copied");
      }
      done += count;
    }
  }

  void rows(long sequence, byte[] array, int from, int count) throws IOException {
    frame(Frame.ROWS, sequence, 0, count, Frame.crc(array, from, count));
    put(array, from, count);
  }

  private void frame(int kind, long sequence, long id, long length, int crc) throws IOException {
    if (buffer.remaining() < Frame.HEADER) {
      drain();
    }
    Frame.put(buffer, segment().header().salt(), kind, sequence, id, length, crc);
  }

  private void put(byte[] array, int from, int count) throws IOException {
    int at = from;
    while (at < from + count) {
      drainWhenFull();
      int part = Math.min(buffer.remaining(), from + count - at);
      buffer.put(array, at, part);
      at += part;
    }
  }

  private void drainWhenFull() throws IOException {
    if (!buffer.hasRemaining()) {
      drain();
    }
  }

  private void drain() throws IOException {
    buffer.flip();
    int count = buffer.remaining();
    opened().write(buffer, written);
    written += count;
    buffer.clear();
  }

  /** Writes what is left and returns when the group is on stable storage. */
  void sync() throws IOException {
    drain();
    opened().force();
    begin = end;
    end = written;
    segment().end(end);
  }

  /**
   * Makes what was written since the last sync void for good: it is cut off, or where that fails a
   * new segment says that it does not count.
   *
   * @return whether that is on stable storage; if not, a restart may take the group for a good one
   */
  boolean abandon(long nextSequence) {
    broken = true;
    return file == null || cut(file) || begun(nextSequence);
  }

  /** The same with the last group, although it was synced. */
  boolean annul(long nextSequence) {
    end = begin;
    segment().end(end);
    return abandon(nextSequence);
  }

  private boolean cut(Disk.DiskFile from) {
    try {
      from.truncate(end);
      from.force();
      return true;
    } catch (IOException e) {
      LOG.warn("{} could not be cut back to {}: {}", segment().path(), end, e.getMessage());
      return false;
    }
  }

  private boolean begun(long nextSequence) {
    try {
      roll(nextSequence);
      return true;
    } catch (IOException e) {
      LOG.warn("no segment could be begun after {}: {}", segment().path(), e.getMessage());
      return false;
    }
  }

  private Disk.DiskFile opened() {
    if (file == null) {
      throw new IllegalStateException("no segment yet");
    }
    return file;
  }

  @Override
  public void close() {
    if (file != null) {
      file.close();
    }
  }
}
