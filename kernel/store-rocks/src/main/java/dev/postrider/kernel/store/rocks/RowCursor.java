package dev.postrider.kernel.store.rocks;

import java.io.IOException;
import java.nio.file.Path;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/**
 * Goes through the rows of an index that nobody closes meanwhile, without those about the index
 * itself. Thread: one at a time, a platform thread.
 */
final class RowCursor implements AutoCloseable {
  private final Path directory;
  private final RocksIterator rows;
  private byte[] key = {};

  RowCursor(Path directory, RocksDB db) throws IOException {
    this.directory = directory;
    this.rows = db.newIterator();
    rows.seek(new byte[] {Keys.LOCAL + 1});
    settle();
  }

  boolean isValid() {
    return key.length > 0;
  }

  byte[] key() {
    return key;
  }

  byte[] value() {
    return rows.value();
  }

  void next() throws IOException {
    rows.next();
    settle();
  }

  private void settle() throws IOException {
    key = rows.isValid() ? rows.key() : new byte[0];
    if (key.length == 0) {
      try {
        rows.status();
      } catch (RocksDBException e) {
        throw new Index.IndexException(directory, e);
      }
    }
  }

  @Override
  public void close() {
    rows.close();
  }
}
