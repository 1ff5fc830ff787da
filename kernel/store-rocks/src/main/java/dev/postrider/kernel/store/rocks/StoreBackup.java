package dev.postrider.kernel.store.rocks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;

/**
 * Copies a store that is in use. Segments that nothing is appended to any more are linked where the
 * file system allows it, the one that is written to is copied up to the last synced group, and the
 * index comes from a checkpoint of RocksDB, which was taken before: what it lacks is in the
 * segments, as after a kill. Thread: the maintenance thread, so that no segment goes away
 * meanwhile.
 */
final class StoreBackup {
  private static final int PART = 1 << 20;

  private final DataDirectory directory;
  private final Segments segments;
  private final Index index;
  private final Committer committer;
  private int shared;
  private int reused;
  private int copied;
  private long octets;

  StoreBackup(DataDirectory directory, Segments segments, Index index, Committer committer) {
    this.directory = directory;
    this.segments = segments;
    this.index = index;
    this.committer = committer;
  }

  /**
   * Makes the copy, durably.
   *
   * @param target a folder that does not exist
   * @param previous the store folder of an earlier copy, whose segments are used again
   */
  BackupReport run(Path target, Optional<Path> previous) throws IOException {
    Path into = target.resolve("segments");
    Files.createDirectory(target);
    Files.createDirectory(into);
    index.checkpoint(target.resolve("index"));
    Position applied = committer.applied();
    for (Segment segment : segments.all()) {
      if (segment.number() < applied.segment()) {
        sealed(segment.path(), into, previous.map(folder -> folder.resolve("segments")));
      } else if (segment.number() == applied.segment()) {
        copy(segment.path(), into.resolve(segment.path().getFileName()), applied.end());
        copied++;
      }
    }
    Path checkpoint = Checkpoint.newest(directory.segments());
    if (checkpoint != null) {
      copy(checkpoint, into.resolve(checkpoint.getFileName()), Files.size(checkpoint));
    }
    Path format = directory.root().resolve("FORMAT");
    copy(format, target.resolve("FORMAT"), Files.size(format));
    FileDisk disk = new FileDisk();
    disk.syncDirectory(into);
    disk.syncDirectory(target);
    return new BackupReport(shared, reused, copied, octets);
  }

  private void sealed(Path segment, Path into, Optional<Path> previous) throws IOException {
    Path link = into.resolve(segment.getFileName());
    Optional<Path> old =
        previous.map(folder -> folder.resolve(segment.getFileName())).filter(Files::exists);
    octets += Files.size(segment);
    if (old.isPresent() && isSame(segment, old.get()) && linked(link, old.get())) {
      reused++;
    } else if (linked(link, segment)) {
      shared++;
    } else {
      octets -= Files.size(segment);
      copy(segment, link, Files.size(segment));
      copied++;
    }
  }

  // The salt in the header is random: another store's segment of that number has another one.
  private static boolean isSame(Path segment, Path other) throws IOException {
    return Files.size(segment) == Files.size(other)
        && Arrays.equals(header(segment), header(other));
  }

  private static byte[] header(Path segment) throws IOException {
    try (InputStream in = Files.newInputStream(segment)) {
      return in.readNBytes(SegmentHeader.SIZE);
    }
  }

  private static boolean linked(Path link, Path to) {
    try {
      Files.createLink(link, to);
      return true;
    } catch (IOException | UnsupportedOperationException e) {
      return false; // Another device, or no links there: then it is copied.
    }
  }

  private void copy(Path from, Path to, long length) throws IOException {
    try (FileChannel in = FileChannel.open(from, StandardOpenOption.READ);
        FileChannel out =
            FileChannel.open(to, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      for (long at = 0; at < length; ) {
        long count = in.transferTo(at, Math.min(PART, length - at), out);
        if (count <= 0) {
          throw new IOException(from + " became shorter while it was copied");
        }
        at += count;
      }
      out.force(true);
    }
    octets += length;
  }
}
