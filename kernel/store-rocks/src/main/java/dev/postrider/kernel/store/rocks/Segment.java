package dev.postrider.kernel.store.rocks;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One segment file as readers see it. A reader holds a lease while it reads; a segment that is
 * given up is deleted when the last lease ends. Thread: any.
 */
final class Segment {

  private static final Logger LOG = LoggerFactory.getLogger(Segment.class);

  private final Disk disk;
  private final Path path;
  private final SegmentHeader header;
  private Disk.@Nullable DiskFile file;
  private int leases;
  private boolean givenUp;
  private volatile long end;
  private volatile long live;

  Segment(Disk disk, Path path, SegmentHeader header, long end) {
    this.disk = disk;
    this.path = path;
    this.header = header;
    this.end = end;
  }

  SegmentHeader header() {
    return header;
  }

  long number() {
    return header.number();
  }

  Path path() {
    return path;
  }

  /** Octets of the file. */
  long end() {
    return end;
  }

  void end(long value) {
    end = value;
  }

  /** Octets that some entry needs. Written by the committer only. */
  long live() {
    return live;
  }

  void live(long value) {
    live = value;
  }

  /** The file for reading until {@link #release}; null where the segment was given up. */
  synchronized Disk.@Nullable DiskFile lease() throws IOException {
    if (givenUp) {
      return null;
    }
    if (file == null) {
      file = disk.open(path);
    }
    leases++;
    return file;
  }

  synchronized void release() {
    leases--;
    if (givenUp && leases == 0) {
      delete();
    }
  }

  /** Deletes the file as soon as nobody reads it. */
  synchronized void giveUp() {
    if (!givenUp) {
      givenUp = true;
      if (leases == 0) {
        delete();
      }
    }
  }

  /** Closes the file; leases end. */
  synchronized void close() {
    if (file != null) {
      file.close();
      file = null;
    }
  }

  private void delete() {
    close();
    try {
      disk.delete(path);
    } catch (IOException e) {
      LOG.warn("{} could not be deleted; it is tried again at the next start", path, e);
    }
  }
}
