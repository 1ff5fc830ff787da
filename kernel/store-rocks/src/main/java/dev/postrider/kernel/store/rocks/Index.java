package dev.postrider.kernel.store.rocks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.CompressionType;
import org.rocksdb.FlushOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.Snapshot;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * The rows, in RocksDB. Native code: only for the committer, the readers, the maintenance thread
 * and whoever opens the store, all of them platform threads.
 */
final class Index implements AutoCloseable {

  /** Looks at rows in the order of their keys. */
  @FunctionalInterface
  interface RowVisitor {
    /** Returns whether to go on. */
    boolean row(byte[] key, byte[] value) throws IOException;
  }

  /** RocksDB said no. */
  static final class IndexException extends IOException {
    private static final long serialVersionUID = 1;

    IndexException(Path directory, RocksDBException cause) {
      super(
          "the index "
              + directory
              + " failed: "
              + cause.getMessage()
              + "; if this stays, stop the server and remove that folder, it is made anew from"
              + " the segments",
          cause);
    }

    IndexException(Path directory) {
      super("the index " + directory + " is closed");
    }
  }

  /**
   * The rows at a moment. Native memory of the database it was taken from: void once the index is
   * opened anew.
   */
  static final class View {
    private final RocksDB of;
    private final Snapshot snapshot;

    private View(RocksDB of, Snapshot snapshot) {
      this.of = of;
      this.snapshot = snapshot;
    }
  }

  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private final Path directory;
  private final LRUCache cache;
  private final BloomFilter filter;
  private final Options options;
  private final WriteOptions logged;
  private final WriteOptions unlogged;
  private @Nullable RocksDB db;
  private boolean onlyToRead;

  private Index(Path directory, long cacheBytes) {
    RocksDB.loadLibrary();
    this.directory = directory;
    this.cache = new LRUCache(cacheBytes);
    this.filter = new BloomFilter(10);
    this.options =
        new Options()
            .setWriteBufferSize(32 << 20)
            .setMaxTotalWalSize(128 << 20)
            .setMaxBackgroundJobs(2)
            .setMaxOpenFiles(512)
            .setKeepLogFileNum(2)
            .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
            .setCompressionType(CompressionType.LZ4_COMPRESSION)
            .setTableFormatConfig(
                new BlockBasedTableConfig()
                    .setBlockCache(cache)
                    .setCacheIndexAndFilterBlocks(true)
                    .setFilterPolicy(filter)
                    .setFormatVersion(5));
    this.logged = new WriteOptions().setSync(false);
    this.unlogged = new WriteOptions().setDisableWAL(true);
  }

  /** Opens an index, or makes a new one where asked to. */
  static Index open(Path directory, long cacheBytes, boolean create) throws IOException {
    Index index = new Index(directory, cacheBytes);
    try {
      index.options.setCreateIfMissing(create);
      index.reopen();
      return index;
    } catch (IOException e) {
      index.close();
      throw e;
    }
  }

  /** Opens an index without changing a file of it; what its own log has on top is seen too. */
  static Index openToRead(Path directory, long cacheBytes) throws IOException {
    Index index = new Index(directory, cacheBytes);
    try {
      index.onlyToRead = true;
      index.reopen();
      return index;
    } catch (IOException e) {
      index.close();
      throw e;
    }
  }

  /** Closes and opens the database, so that it finds its way back after a failed write. */
  void reopen() throws IOException {
    lock.writeLock().lock();
    try {
      shut();
      db =
          onlyToRead
              ? RocksDB.openReadOnly(options, directory.toString())
              : RocksDB.open(options, directory.toString());
    } catch (RocksDBException e) {
      throw new IndexException(directory, e);
    } finally {
      lock.writeLock().unlock();
    }
  }

  /** Closes the database; {@link #reopen} brings it back. */
  void shut() {
    lock.writeLock().lock();
    try {
      if (db != null) {
        db.close();
        db = null;
      }
    } finally {
      lock.writeLock().unlock();
    }
  }

  private RocksDB opened() throws IOException {
    if (db == null) {
      throw new IndexException(directory);
    }
    return db;
  }

  byte @Nullable [] get(byte[] key) throws IOException {
    lock.readLock().lock();
    try {
      return opened().get(key);
    } catch (RocksDBException e) {
      throw new IndexException(directory, e);
    } finally {
      lock.readLock().unlock();
    }
  }

  /** Visits the rows whose keys begin with the prefix, from a key on: a consistent snapshot. */
  void scan(byte[] prefix, byte[] from, RowVisitor visitor) throws IOException {
    lock.readLock().lock();
    try (Slice upper = new Slice(successor(prefix));
        ReadOptions reading = new ReadOptions().setIterateUpperBound(upper);
        RocksIterator rows = opened().newIterator(reading)) {
      visit(rows, from, visitor);
    } catch (RocksDBException e) {
      throw new IndexException(directory, e);
    } finally {
      lock.readLock().unlock();
    }
  }

  void scan(byte[] prefix, RowVisitor visitor) throws IOException {
    scan(prefix, prefix, visitor);
  }

  /** Visits all rows as they were when the snapshot was taken; fails where it is void. */
  void scanAll(View view, RowVisitor visitor) throws IOException {
    lock.readLock().lock();
    try {
      if (!view.of.equals(db)) {
        throw new IOException("the index " + directory + " was opened anew; its snapshot is void");
      }
      try (ReadOptions reading = new ReadOptions().setSnapshot(view.snapshot).setFillCache(false);
          RocksIterator rows = view.of.newIterator(reading)) {
        visit(rows, new byte[0], visitor);
      }
    } catch (RocksDBException e) {
      throw new IndexException(directory, e);
    } finally {
      lock.readLock().unlock();
    }
  }

  private static void visit(RocksIterator rows, byte[] from, RowVisitor visitor)
      throws IOException, RocksDBException {
    for (rows.seek(from); rows.isValid(); rows.next()) {
      if (!visitor.row(rows.key(), rows.value())) {
        return;
      }
    }
    rows.status();
  }

  View snapshot() throws IOException {
    lock.readLock().lock();
    try {
      RocksDB current = opened();
      return new View(current, current.getSnapshot());
    } finally {
      lock.readLock().unlock();
    }
  }

  void release(View view) {
    lock.readLock().lock();
    try {
      if (view.of.equals(db)) {
        view.of.releaseSnapshot(view.snapshot);
      }
      view.snapshot.close();
    } finally {
      lock.readLock().unlock();
    }
  }

  /**
   * Applies a batch. A kill of the process does not undo it; a power failure may, with all that
   * came after it, and the segments bring it back.
   */
  void write(byte[] batch) throws IOException {
    write(batch, logged);
  }

  /** Applies a batch that is lost without {@link #flush}. */
  void load(byte[] batch) throws IOException {
    write(batch, unlogged);
  }

  private void write(byte[] serialized, WriteOptions how) throws IOException {
    lock.readLock().lock();
    try (WriteBatch batch = new WriteBatch(serialized)) {
      opened().write(how, batch);
    } catch (RocksDBException e) {
      throw new IndexException(directory, e);
    } finally {
      lock.readLock().unlock();
    }
  }

  /** Fails where a file has a wrong checksum. */
  void verifyChecksums() throws IOException {
    lock.readLock().lock();
    try {
      opened().verifyChecksum();
    } catch (RocksDBException e) {
      throw new IndexException(directory, e);
    } finally {
      lock.readLock().unlock();
    }
  }

  /** Copies the index as it is into a folder that does not exist; linked where possible. */
  void checkpoint(Path target) throws IOException {
    lock.readLock().lock();
    try (var copy = org.rocksdb.Checkpoint.create(opened())) {
      copy.createCheckpoint(target.toString());
    } catch (RocksDBException e) {
      throw new IndexException(directory, e);
    } finally {
      lock.readLock().unlock();
    }
  }

  /** All rows, while nobody closes the index. */
  RowCursor cursor() throws IOException {
    lock.readLock().lock();
    try {
      return new RowCursor(directory, opened());
    } finally {
      lock.readLock().unlock();
    }
  }

  void flush() throws IOException {
    lock.readLock().lock();
    try (FlushOptions wait = new FlushOptions().setWaitForFlush(true)) {
      opened().flush(wait);
    } catch (RocksDBException e) {
      throw new IndexException(directory, e);
    } finally {
      lock.readLock().unlock();
    }
  }

  private static byte[] successor(byte[] prefix) {
    byte[] next = Arrays.copyOf(prefix, prefix.length);
    for (int i = next.length - 1; i >= 0; i--) {
      if (++next[i] != 0) {
        return Arrays.copyOf(next, i + 1);
      }
    }
    throw new IllegalArgumentException("a prefix of only 0xff has no successor");
  }

  @Override
  public void close() {
    lock.writeLock().lock();
    try {
      shut();
      options.close();
      logged.close();
      unlogged.close();
      filter.close();
      cache.close();
    } finally {
      lock.writeLock().unlock();
    }
  }
}
