package dev.postrider.kernel.store.rocks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Looks at everything in a store that no process has open, and changes nothing: checksums,
 * references, counters, and the index against what the segments say. What the next start does by
 * itself after a kill is no finding. Needs space for the rows in the folder for temporary files.
 * Thread: a platform thread.
 */
public final class StoreVerification {
  private static final Position NOWHERE = new Position(0, 0, 0);
  private static final Position UNKNOWN = new Position(-1, 0, 0);

  private final RocksStoreOptions options;
  private final DataDirectory directory;
  private final Disk disk = new ReadOnlyDisk();
  private final Findings findings;
  private final RowNames names = new RowNames();
  private long pending;
  private long messages;

  private StoreVerification(RocksStoreOptions options, DataDirectory directory) {
    this.options = options;
    this.directory = directory;
    this.findings = new Findings(directory.segments(), directory.index());
  }

  /**
   * Looks at a store; it is locked meanwhile.
   *
   * @param options those that the server has: its retention says which fates may be gone
   * @throws StoreOpenException when there is none, a process has it open, or a newer release wrote
   *     it
   */
  public static VerificationReport of(Path dataDirectory, RocksStoreOptions options)
      throws IOException {
    try (DataDirectory directory = DataDirectory.inspect(dataDirectory)) {
      return new StoreVerification(options, directory).run();
    }
  }

  private VerificationReport run() throws IOException {
    Segments segments = Segments.load(disk, directory.segments());
    @Nullable Index index = null;
    try (ScratchIndex logged = ScratchIndex.make(options.cacheBytes())) {
      index = index(segments);
      return run(segments, index, logged);
    } finally {
      segments.close();
      if (index != null) {
        index.close();
      }
    }
  }

  private @Nullable Index index(Segments segments) throws IOException {
    if (!Files.exists(directory.index())) {
      if (!segments.all().isEmpty() || Checkpoint.newest(directory.segments()) != null) {
        findings.index("", "the index is missing");
      }
      return null;
    }
    try {
      Index index = Index.openToRead(directory.index(), options.cacheBytes());
      if (applied(index).sequence() >= Checkpoint.sequence(directory.segments())) {
        return index;
      }
      findings.index("", "the index is older than the checkpoint, or does not say how far it goes");
      index.close();
    } catch (Index.IndexException e) {
      findings.index("", String.valueOf(e.getMessage()));
    }
    return null;
  }

  private static Position applied(Index index) throws IOException {
    byte[] row = index.get(Keys.position(new ByteWriter(2)).toBytes());
    try {
      return row == null ? UNKNOWN : Position.read(row);
    } catch (ByteReader.DamagedRow e) {
      return UNKNOWN;
    }
  }

  private VerificationReport run(Segments segments, @Nullable Index index, ScratchIndex logged)
      throws IOException {
    Position applied = index == null ? NOWHERE : applied(index);
    long checkpoint = Checkpoint.sequence(directory.segments());
    boolean whole =
        CheckpointVerification.run(disk, directory.segments(), logged.index(), findings);
    OverlaidRows all = new OverlaidRows(index == null ? logged.index() : index);
    SegmentVerification records =
        new SegmentVerification(
            segments,
            applied,
            checkpoint,
            findings,
            (changes, position) -> {
              if (index != null && position.sequence() > applied.sequence()) {
                all.apply(changes);
                pending++;
              } else if (position.sequence() > checkpoint) {
                logged.apply(changes);
              }
            });
    records.run();
    try {
      CounterVerification counters = new CounterVerification(all, names, findings);
      counters.mailboxes();
      if (index != null) {
        index.verifyChecksums();
        // Where the log has a hole, each row from there would be named.
        if (whole && records.isComplete()) {
          compare(index, logged.index());
        }
      }
      references(counters, all, segments, records, index);
    } catch (Index.IndexException e) {
      findings.index("", String.valueOf(e.getMessage()));
    }
    return new VerificationReport(
        findings.listed(),
        findings.more(),
        segments.all().size(),
        records.groups(),
        records.contents(),
        messages,
        pending);
  }

  private void compare(Index index, Index logged) throws IOException {
    Instant cutoff = options.clock().instant().minus(options.ledgerRetention());
    new LogComparison(index, logged, cutoff, names, findings).run();
  }

  private void references(
      CounterVerification counters,
      OverlaidRows all,
      Segments segments,
      SegmentVerification records,
      @Nullable Index index)
      throws IOException {
    EntryVerification entries = new EntryVerification(all, segments, records, names, findings);
    entries.run();
    messages = entries.messages();
    ContentVerification contents = new ContentVerification(all, segments, entries, findings);
    contents.run();
    counters.uids(entries.highestUids());
    counters.directory();
    counters.state();
    counters.ledger();
    counters.counters(entries.messages(), contents.highest());
    if (index != null && pending == 0) {
      live(index, segments, contents.live());
    }
  }

  // With groups pending the next start counts them anew.
  private void live(Index index, Segments segments, Map<Long, Long> live) throws IOException {
    for (Segment segment : segments.all()) {
      byte[] row = index.get(Keys.segmentLive(new ByteWriter(10), segment.number()).toBytes());
      long known = row == null ? 0 : new ByteReader(row).version(1).varint();
      long real = live.getOrDefault(segment.number(), 0L);
      if (known != real) {
        findings.counter(
            "segment " + segment.path().getFileName(),
            "%d octets of it are counted as needed, but %d are".formatted(known, real));
      }
    }
  }
}
