package dev.postrider.kernel.store.rocks;

import dev.postrider.kernel.directory.Account;
import dev.postrider.kernel.directory.Alias;
import dev.postrider.kernel.directory.DirectoryRows;
import dev.postrider.kernel.directory.LocalDomain;
import dev.postrider.kernel.ledger.Ledger;
import dev.postrider.kernel.mailbox.MailStore;
import dev.postrider.kernel.outbound.OutboundQueue;
import dev.postrider.kernel.spool.Spool;
import dev.postrider.kernel.state.StateRows;
import dev.postrider.kernel.store.Batch;
import dev.postrider.kernel.store.CommitResult;
import dev.postrider.kernel.store.ContentDraft;
import dev.postrider.kernel.store.Store;
import dev.postrider.kernel.store.StoreWatcher;
import dev.postrider.kernel.store.StoredMessage;
import dev.postrider.plugin.Content;
import dev.postrider.plugin.EmailAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import org.rocksdb.RocksDB;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The embedded store in one directory: {@code segments/} holds contents and the log of row changes,
 * {@code index/} the rows, {@code tmp/} large drafts. Thread: any; must be opened and closed on a
 * platform thread, because RocksDB runs on the caller's thread then.
 */
public final class RocksStore implements Store {

  private static final Logger LOG = LoggerFactory.getLogger(RocksStore.class);

  private final DataDirectory directory;
  private final Disk disk;
  private final Segments segments;
  private final SegmentWriter writer;
  private final Index index;
  private final Readers readers;
  private final ContentReader contentReader;
  private final Committer committer;
  private final Maintenance maintenance;
  private final MailStore mail;
  private final Spool spool;
  private final OutboundQueue outbound;
  private final Ledger ledger;
  private final StateRows state;
  private final FreeSpace space;
  private final DraftPool drafts;
  private final DirectoryRows directoryRows = new CurrentDirectory();
  private final AtomicBoolean closed = new AtomicBoolean();

  private RocksStore(
      RocksStoreOptions options,
      DataDirectory directory,
      Disk disk,
      RandomGenerator random,
      Segments segments,
      SegmentWriter writer,
      Recovery recovery,
      Index index,
      Heap heap,
      Position applied) {
    this.directory = directory;
    this.disk = disk;
    this.segments = segments;
    this.writer = writer;
    this.index = index;
    this.readers = new Readers(options.readers());
    this.space =
        new FreeSpace(
            disk, directory.segments(), options.reserveBytes(), System::nanoTime, readers::later);
    this.drafts =
        new DraftPool(directory, space, options.draftHeapBytes(), DraftPool.shareOfHeap());
    ContentRows contentRows = new ContentRows(index, readers);
    this.contentReader = new ContentReader(contentRows, segments);
    this.committer =
        new Committer(
            options, space, segments, writer, recovery, index, contentRows, heap, applied);
    LedgerExpiry expiry = new LedgerExpiry(options, index);
    CountDownLatch stopped = new CountDownLatch(1);
    this.maintenance =
        new Maintenance(
            options,
            new Compaction(options, disk, segments, index, contentRows, committer, random, stopped),
            expiry,
            space,
            stopped);
    this.mail = new RocksMail(committer, index, readers);
    this.spool = new RocksSpool(committer, index, readers);
    this.outbound = new RocksQueue(committer, index, readers);
    this.ledger = new RocksLedger(index, readers, expiry);
    this.state = new RocksState(index, readers);
  }

  /**
   * Whether a process has a store open there. For others than that process: on some systems asking
   * ends the asker's own lock.
   */
  public static boolean isInUse(Path dataDirectory) throws IOException {
    return DataDirectory.isInUse(dataDirectory);
  }

  /** Loads the native library ahead of {@link #open}, which does it too. */
  public static void loadNative() {
    RocksDB.loadLibrary();
  }

  /**
   * Opens a store, makes a new one where there is none, and repairs what a crash left.
   *
   * @throws StoreOpenException when another process has it, a newer release wrote it, or there is
   *     no space to open it
   */
  public static RocksStore open(Path dataDirectory, RocksStoreOptions options) throws IOException {
    return open(dataDirectory, options, new FileDisk(), new SecureRandom());
  }

  static RocksStore open(
      Path dataDirectory, RocksStoreOptions options, Disk disk, RandomGenerator random)
      throws IOException {
    DataDirectory directory = DataDirectory.open(dataDirectory);
    try {
      Segments segments = Segments.load(disk, directory.segments());
      Recovery recovery = new Recovery(directory, disk, segments, options);
      Index index = recovery.open();
      Heap heap;
      try {
        heap = Heap.load(index);
      } catch (Index.IndexException | ByteReader.DamagedRow e) {
        index.close();
        index = recovery.rebuild(String.valueOf(e.getMessage()));
        heap = Heap.load(index);
      }
      Position applied = Recovery.catchUp(index, segments, true).position();
      SegmentWriter writer = new SegmentWriter(disk, segments, options.segmentBytes(), random);
      Optional<Segment> last = segments.last();
      if (last.isPresent() && last.get().header().firstSequence() != Long.MAX_VALUE) {
        writer.resume(last.get(), last.get().end());
      }
      RocksStore store =
          new RocksStore(
              options, directory, disk, random, segments, writer, recovery, index, heap, applied);
      store.committer.start();
      store.maintenance.start();
      return store;
    } catch (IOException | RuntimeException e) {
      directory.close();
      throw e;
    }
  }

  @Override
  public MailStore mail() {
    return mail;
  }

  @Override
  public Spool spool() {
    return spool;
  }

  @Override
  public OutboundQueue outbound() {
    return outbound;
  }

  @Override
  public DirectoryRows directory() {
    return directoryRows;
  }

  @Override
  public Ledger ledger() {
    return ledger;
  }

  @Override
  public StateRows state() {
    return state;
  }

  @Override
  public long room() {
    return space.room();
  }

  @Override
  public ContentDraft draft() {
    return drafts.draft();
  }

  @Override
  public Content open(StoredMessage message) {
    return new StoredContent(message, contentReader);
  }

  @Override
  public CommitResult commit(Batch batch) {
    try (Preparation preparation = new Preparation(drafts)) {
      return committer.submit(new Work.Commit(batch, preparation.read(batch)));
    } catch (IOException e) {
      LOG.warn("the content of a batch could not be read: {}", e.toString());
      return Committer.failure(e);
    }
  }

  @Override
  public void watch(StoreWatcher watcher) {
    committer.watch(watcher);
  }

  /**
   * Reclaims what can be reclaimed, at full speed, beside all else; returns when it is done.
   *
   * @return octets of the files that were deleted
   */
  public long compact() throws IOException {
    return maintenance.compactNow();
  }

  /**
   * Copies the store into a folder while it is in use: as it was at a moment after this was called.
   * Commits go on meanwhile, compaction waits. The copy is durable on return.
   *
   * @param target a folder that does not exist; its parent does
   * @param previous the folder of an earlier copy on the device of this one, whose segments are
   *     shared
   */
  public BackupReport backup(Path target, Optional<Path> previous) throws IOException {
    StoreBackup backup = new StoreBackup(directory, segments, index, committer);
    return maintenance.call("backup", () -> backup.run(target, previous));
  }

  /** The rows, for tests of what happens when they fail. */
  Index index() {
    return index;
  }

  /** How full it is. Answers from memory. */
  public StoreStatistics statistics() throws IOException {
    Heap heap = committer.heap();
    long bytes = 0;
    long live = 0;
    int count = 0;
    for (Segment segment : segments.all()) {
      bytes += segment.end();
      live += segment.live();
      count++;
    }
    return new StoreStatistics(
        heap.counters().messages(),
        heap.spool.count(),
        heap.queue.count(),
        count,
        bytes,
        live,
        disk.usableBytes(directory.segments()));
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      maintenance.close();
      committer.close();
      readers.close();
      index.close();
      writer.close();
      segments.close();
      directory.close();
    }
  }

  /** The directory of the moment: a recovery replaces what is on the heap. */
  private final class CurrentDirectory implements DirectoryRows {

    private DirectoryHeap rows() {
      return committer.heap().directory;
    }

    @Override
    public Optional<LocalDomain> domain(String name) {
      return rows().domain(name);
    }

    @Override
    public Optional<Account> account(EmailAddress address) {
      return rows().account(address);
    }

    @Override
    public Optional<Alias> alias(String key) {
      return rows().alias(key);
    }

    @Override
    public List<LocalDomain> domains() {
      return rows().domains();
    }

    @Override
    public List<Account> accounts() {
      return rows().accounts();
    }

    @Override
    public List<Alias> aliases() {
      return rows().aliases();
    }
  }
}
