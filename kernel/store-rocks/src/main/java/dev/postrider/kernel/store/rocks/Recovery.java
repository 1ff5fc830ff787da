package dev.postrider.kernel.store.rocks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the index and brings it up to date with the segments, or makes it anew from them. */
final class Recovery {

  private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);
  private static final int LOAD_BYTES = 4 << 20;

  /**
   * How far recovery came.
   *
   * @param position up to where the index holds the log
   * @param damaged records that were skipped
   */
  record Outcome(Position position, int damaged) {}

  /** An index that can't be used as it is. */
  private static final class Unusable extends IOException {
    private static final long serialVersionUID = 1;

    Unusable(String message) {
      super(message);
    }
  }

  private final DataDirectory directory;
  private final Disk disk;
  private final Segments segments;
  private final RocksStoreOptions options;

  Recovery(DataDirectory directory, Disk disk, Segments segments, RocksStoreOptions options) {
    this.directory = directory;
    this.disk = disk;
    this.segments = segments;
    this.options = options;
  }

  /** The index, up to date; the last segment ends with its last sound group. */
  Index open() throws IOException {
    Path path = directory.index();
    if (!Files.exists(path)) {
      if (segments.all().isEmpty() && Checkpoint.newest(directory.segments()) == null) {
        return fresh(path);
      }
      return rebuild("it is missing");
    }
    @Nullable Index index = null;
    try {
      index = Index.open(path, options.cacheBytes(), false);
      catchUp(index, segments, true);
      return index;
    } catch (StoreOpenException e) {
      if (index != null) {
        index.close();
      }
      throw e;
    } catch (Unusable | Index.IndexException | ByteReader.DamagedRow e) {
      if (index != null) {
        index.close();
      }
      String reason = String.valueOf(e.getMessage());
      if (reason.contains("No space left") || reason.contains("ermission denied")) {
        throw new StoreOpenException(reason + "; mend that and start again", e);
      }
      return rebuild(reason);
    }
  }

  private Index fresh(Path path) throws IOException {
    Path making = path.resolveSibling("index.new");
    DataDirectory.deleteTree(making);
    try (Index index = Index.open(making, options.cacheBytes(), true)) {
      store(index, new Position(0, 0, 0));
      index.flush();
    }
    disk.rename(making, path);
    disk.syncDirectory(directory.root());
    return Index.open(path, options.cacheBytes(), false);
  }

  /**
   * Applies what the segments have beyond the index.
   *
   * @param cut whether to cut a torn end off the last segment
   */
  static Outcome catchUp(Index index, Segments segments, boolean cut) throws IOException {
    byte[] row = index.get(Keys.position(new ByteWriter(2)).toBytes());
    if (row == null) {
      throw new Unusable("it does not say up to where it goes");
    }
    Position start = Position.read(row);
    refuseWhereSegmentsAreMissing(start, segments);
    if (start.segment() != 0) {
      Segment at = segments.find(start.segment());
      if (at == null || segments.trustedEnd(at) < start.end()) {
        throw new Unusable("it is ahead of the segments");
      }
    }
    if (start.sequence() < Checkpoint.sequence(segments.folder())) {
      // Segments with groups that it lacks may have been deleted.
      throw new Unusable("it is older than the checkpoint");
    }
    Recount.loadLive(index, segments);
    RowBuffer rows = new RowBuffer();
    Log log =
        new Log(
            segments,
            start,
            start.sequence(),
            (changes, position) -> {
              rows.reset();
              rows.addLogged(changes);
              Recount.addLive(changes, index, segments, rows);
              ByteWriter value = new ByteWriter(32);
              position.write(value);
              rows.put(Keys.position(new ByteWriter(2)), value);
              index.write(rows.toBatch());
            });
    Outcome outcome = log.replay(cut);
    if (outcome.position().sequence() > start.sequence()) {
      LOG.info(
          "the index was behind the segments; groups {} to {} were applied",
          start.sequence() + 1,
          outcome.position().sequence());
    }
    return outcome;
  }

  // Not a matter of a crash: a segment is on the disk before the index names it. An index made anew
  // from what is left would be a server that knows nobody, and turns mail away for good.
  private static void refuseWhereSegmentsAreMissing(Position start, Segments segments)
      throws IOException {
    long newest = segments.last().map(Segment::number).orElse(0L);
    if (newest < start.segment() && start.sequence() >= Checkpoint.sequence(segments.folder())) {
      throw new StoreOpenException(
          "%s lacks the segment %016x, which the index knows; is its disk mounted, was a file moved? Put it back, or restore a backup. To go on with what is left, and lose the rest, remove the folder index beside it"
              .formatted(segments.folder(), start.segment()));
    }
  }

  /** Brings an index that was opened again up to date, under the eyes of its readers. */
  Outcome resume(Index index) throws IOException {
    try {
      return catchUp(index, segments, false);
    } catch (Unusable e) {
      // It may have kept a group in its own log that is void in the segments.
      index.shut();
      rebuild(String.valueOf(e.getMessage())).close();
      index.reopen();
      return catchUp(index, segments, false);
    }
  }

  Index rebuild(String reason) throws IOException {
    Path path = directory.index();
    LOG.warn("the index {} is made anew from the segments: {}", path, reason);
    long started = System.nanoTime();
    Path making = path.resolveSibling("index.new");
    DataDirectory.deleteTree(making);
    try (Index index = Index.open(making, options.cacheBytes(), true)) {
      int[] damaged = {0};
      RowBuffer rows = new RowBuffer();
      Checkpoint.Loaded loaded = Checkpoint.load(disk, directory.segments(), index);
      damaged[0] += loaded.damaged();
      Log log =
          new Log(
              segments,
              new Position(loaded.sequence(), 0, 0),
              loaded.sequence(),
              (changes, _) -> {
                rows.addLogged(changes);
                if (rows.length() > LOAD_BYTES) {
                  index.load(rows.toBatch());
                  rows.reset();
                }
              });
      Outcome outcome = log.replay(true);
      if (!rows.isEmpty()) {
        index.load(rows.toBatch());
      }
      damaged[0] += outcome.damaged();
      if (damaged[0] > 0) {
        Recount.entries(index);
      }
      store(index, outcome.position());
      Recount.live(index, segments);
      index.flush();
    }
    DataDirectory.deleteTree(path);
    disk.rename(making, path);
    disk.syncDirectory(directory.root());
    LOG.warn("the index was made anew in {} ms", (System.nanoTime() - started) / 1_000_000);
    return Index.open(path, options.cacheBytes(), false);
  }

  private static void store(Index index, Position position) throws IOException {
    RowBuffer rows = new RowBuffer();
    ByteWriter value = new ByteWriter(32);
    position.write(value);
    rows.put(Keys.position(new ByteWriter(2)), value);
    index.write(rows.toBatch());
  }
}
