package dev.postrider.kernel.store.rocks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All rows as they were after a group, in one file beside the segments. With it the index can be
 * rebuilt although segments whose groups are older were deleted. It counts when it has its last
 * frame and its final name.
 */
final class Checkpoint {

  private static final Logger LOG = LoggerFactory.getLogger(Checkpoint.class);
  private static final String SUFFIX = ".ckp";
  private static final int FRAME_BYTES = 1 << 20;

  /**
   * What was read.
   *
   * @param sequence of the group after which it was taken, 0 where there is none
   * @param damaged frames that could not be read
   */
  record Loaded(long sequence, int damaged) {}

  private Checkpoint() {}

  static @Nullable Path newest(Path folder) throws IOException {
    List<Path> all = list(folder);
    return all.isEmpty() ? null : all.getLast();
  }

  /** The sequence up to which rows need no segment, 0 where there is no checkpoint. */
  static long sequence(Path folder) throws IOException {
    Path newest = newest(folder);
    return newest == null ? 0 : sequenceOf(newest);
  }

  /** Octets of the newest checkpoint, 0 where there is none. */
  static long size(Path folder) throws IOException {
    Path newest = newest(folder);
    return newest == null ? 0 : Files.size(newest);
  }

  private static long sequenceOf(Path path) {
    String name = path.getFileName().toString();
    return Long.parseLong(name.substring(0, name.length() - SUFFIX.length()), 16);
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(SUFFIX)).sorted().toList();
    }
  }

  /** Writes all rows of the snapshot; returns the octets written. */
  static long write(
      Disk disk, Path folder, Index index, Index.View snapshot, long sequence, long salt, Pace pace)
      throws IOException {
    Path making = folder.resolve("checkpoint.new");
    disk.delete(making);
    Disk.DiskFile file = disk.create(making);
    try {
      file.write(new SegmentHeader(0, salt, sequence, 0, 0).toBuffer(), 0);
      FrameWriter out = new FrameWriter(file, salt, sequence, pace);
      index.scanAll(
          snapshot,
          (key, value) -> {
            if (key[0] != Keys.LOCAL) {
              out.row(key, value);
            }
            return true;
          });
      out.end();
      file.force();
      disk.rename(making, folder.resolve(String.format(Locale.ROOT, "%016x%s", sequence, SUFFIX)));
      disk.syncDirectory(folder);
      for (Path older : list(folder)) {
        if (sequenceOf(older) < sequence) {
          disk.delete(older);
        }
      }
      return out.at;
    } finally {
      file.close();
    }
  }

  /** Told how much was written, so that it can slow the writer down. */
  @FunctionalInterface
  interface Pace {
    void written(long octets) throws IOException;
  }

  private static final class FrameWriter {
    private final Disk.DiskFile file;
    private final long salt;
    private final long sequence;
    private final Pace pace;
    private final RowBuffer rows = new RowBuffer();
    private long at = SegmentHeader.SIZE;
    private long frames;

    FrameWriter(Disk.DiskFile file, long salt, long sequence, Pace pace) {
      this.file = file;
      this.salt = salt;
      this.sequence = sequence;
      this.pace = pace;
    }

    void row(byte[] key, byte[] value) throws IOException {
      rows.put(key, value);
      if (rows.length() >= FRAME_BYTES) {
        flush();
      }
    }

    private void flush() throws IOException {
      int count = rows.length() - RowBuffer.HEADER;
      frame(Frame.SNAPSHOT, frames++, count, Frame.crc(rows.array(), RowBuffer.HEADER, count));
      file.write(ByteBuffer.wrap(rows.array(), RowBuffer.HEADER, count), at);
      at += count;
      rows.reset();
      pace.written(count);
    }

    private void frame(int kind, long id, long length, int crc) throws IOException {
      ByteBuffer header = ByteBuffer.allocate(Frame.HEADER);
      Frame.put(header, salt, kind, sequence, id, length, crc);
      file.write(header.flip(), at);
      at += Frame.HEADER;
    }

    void end() throws IOException {
      if (!rows.isEmpty()) {
        flush();
      }
      frame(Frame.SNAPSHOT_END, frames, 0, Frame.crc(new byte[0], 0, 0));
    }
  }

  /** Puts the rows of the newest checkpoint into an index that is being rebuilt. */
  static Loaded load(Disk disk, Path folder, Index index) throws IOException {
    Path path = newest(folder);
    if (path == null) {
      return new Loaded(0, 0);
    }
    Disk.DiskFile file = disk.open(path);
    try {
      Optional<SegmentHeader> header = SegmentHeader.read(file);
      if (header.isEmpty()) {
        LOG.error("damaged record: {} at offset 0; the whole checkpoint is skipped", path);
        return new Loaded(sequenceOf(path), 1);
      }
      return new Loaded(sequenceOf(path), load(path, file, header.get().salt(), index));
    } finally {
      file.close();
    }
  }

  private static int load(Path path, Disk.DiskFile file, long salt, Index index)
      throws IOException {
    int damaged = 0;
    RowBuffer rows = new RowBuffer();
    SegmentScan scan = new SegmentScan(file, salt, SegmentHeader.SIZE, file.size());
    for (Frame frame = scan.next(); frame != null; frame = scan.next()) {
      byte[] changes = SegmentScan.payload(file, frame);
      if (changes == null) {
        LOG.error("damaged record: {} at offset {}; it is skipped", path, frame.offset());
        damaged++;
      } else if (frame.kind() == Frame.SNAPSHOT) {
        rows.reset();
        rows.addLogged(changes);
        index.load(rows.toBatch());
      }
      if (scan.damagedAt() >= 0) {
        LOG.error("damaged record: {} at offset {}; it is skipped", path, scan.damagedAt());
        damaged++;
      }
    }
    return damaged;
  }
}
