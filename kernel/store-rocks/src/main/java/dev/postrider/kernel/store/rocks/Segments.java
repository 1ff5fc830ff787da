package dev.postrider.kernel.store.rocks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All segment files by number. Thread: any. */
final class Segments implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Segments.class);
  private static final String SUFFIX = ".seg";

  private final Disk disk;
  private final Path folder;
  private final NavigableMap<Long, Segment> byNumber = new ConcurrentSkipListMap<>();
  private long highest;

  private Segments(Disk disk, Path folder) {
    this.disk = disk;
    this.folder = folder;
  }

  /** Reads the headers of all files; a last file whose making was cut short is removed. */
  static Segments load(Disk disk, Path folder) throws IOException {
    Segments segments = new Segments(disk, folder);
    try (Stream<Path> files = Files.list(folder)) {
      for (Path path : files.filter(file -> file.toString().endsWith(SUFFIX)).sorted().toList()) {
        segments.load(path);
      }
    }
    return segments;
  }

  private void load(Path path) throws IOException {
    String name = path.getFileName().toString();
    long number;
    try {
      number = Long.parseLong(name.substring(0, name.length() - SUFFIX.length()), 16);
    } catch (NumberFormatException e) {
      LOG.warn("{} is no segment of this store and is left alone: {}", path, e.getMessage());
      return;
    }
    highest = Math.max(highest, number);
    Disk.DiskFile file = disk.open(path);
    try {
      long size = file.size();
      Optional<SegmentHeader> header = SegmentHeader.read(file);
      if (header.isEmpty() && size <= SegmentHeader.SIZE) {
        LOG.info(
            "{} was being made when the server stopped; it holds nothing and is removed", path);
        disk.delete(path);
        return;
      }
      if (header.isEmpty()) {
        LOG.error("damaged record: {} at offset 0 (the header of the segment)", path);
      }
      SegmentHeader known =
          header.isPresent()
              ? header.get()
              : new SegmentHeader(number, salt(file), Long.MAX_VALUE, 0, 0);
      byNumber.put(number, new Segment(disk, path, known, size));
    } finally {
      file.close();
    }
  }

  private static long salt(Disk.DiskFile file) throws IOException {
    ByteBuffer first = ByteBuffer.allocate(Frame.HEADER);
    boolean whole = file.readFully(first, SegmentHeader.SIZE);
    first.flip();
    return whole && Frame.soundAt(first, 0) ? first.getLong(0) : 0;
  }

  @Nullable Segment find(long number) {
    return byNumber.get(number);
  }

  Collection<Segment> all() {
    return byNumber.values();
  }

  /** The newest, if any. */
  Optional<Segment> last() {
    return Optional.ofNullable(byNumber.lastEntry()).map(Map.Entry::getValue);
  }

  /** The one after this. */
  @Nullable Segment after(Segment segment) {
    var entry = byNumber.higherEntry(segment.number());
    return entry == null ? null : entry.getValue();
  }

  /**
   * Up to where a segment is to be trusted: the file's end, or less where its successor says so.
   */
  long trustedEnd(Segment segment) {
    Segment next = after(segment);
    return next != null && next.header().previous() == segment.number()
        ? Math.min(segment.end(), next.header().previousEnd())
        : segment.end();
  }

  /** The one before this. */
  @Nullable Segment before(Segment segment) {
    var entry = byNumber.lowerEntry(segment.number());
    return entry == null ? null : entry.getValue();
  }

  /**
   * Cuts off what a segment has beyond its trusted end, so that it can do without the successor
   * that says where that is.
   */
  void cutBack(Segment segment) throws IOException {
    Disk.@Nullable DiskFile file = segment.lease();
    if (file == null) {
      return;
    }
    try {
      long trusted = trustedEnd(segment);
      if (file.size() > trusted) {
        file.truncate(trusted);
        file.force();
        segment.end(trusted);
      }
    } finally {
      segment.release();
    }
  }

  /** Numbers are not used twice, not even after a failed attempt. */
  synchronized long nextNumber() {
    return ++highest;
  }

  Path path(long number) {
    return folder.resolve(String.format(Locale.ROOT, "%016x%s", number, SUFFIX));
  }

  Path folder() {
    return folder;
  }

  void add(Segment segment) {
    byNumber.put(segment.number(), segment);
  }

  void giveUp(Segment segment) {
    byNumber.remove(segment.number());
    segment.giveUp();
  }

  @Override
  public void close() {
    byNumber.values().forEach(Segment::close);
  }
}
