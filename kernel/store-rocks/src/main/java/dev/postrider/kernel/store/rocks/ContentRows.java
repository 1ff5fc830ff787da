package dev.postrider.kernel.store.rocks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where contents lie: rows of the index with the newest ones on the heap. Only the committer
 * changes the cache, after its batch is in the index, so a reader never puts an old row back.
 */
final class ContentRows {

  private static final int CACHED = 1 << 15;

  private final Index index;
  private final Readers readers;
  private final Map<Long, ContentRow> newest =
      new LinkedHashMap<>(1 << 12, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, ContentRow> eldest) {
          return size() > CACHED;
        }
      };

  ContentRows(Index index, Readers readers) {
    this.index = index;
    this.readers = readers;
  }

  /** For any thread; null where it is gone. */
  @Nullable ContentRow find(long number) throws IOException {
    ContentRow cached = cached(number);
    if (cached != null) {
      return cached;
    }
    try {
      byte[] row = readers.call(() -> index.get(key(number)));
      return row == null ? null : ContentRow.read(row);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** For the store's own threads. */
  @Nullable ContentRow findHere(long number) throws IOException {
    ContentRow cached = cached(number);
    if (cached != null) {
      return cached;
    }
    byte[] row = index.get(key(number));
    return row == null ? null : ContentRow.read(row);
  }

  private synchronized @Nullable ContentRow cached(long number) {
    return newest.get(number);
  }

  /** Takes over committed rows; those without entries are dead. */
  synchronized void committed(Map<Long, ContentRow> rows) {
    rows.forEach(
        (number, row) -> {
          if (row.entries() > 0) {
            newest.put(number, row);
          } else {
            newest.remove(number);
          }
        });
  }

  synchronized void forget() {
    newest.clear();
  }

  private static byte[] key(long number) {
    return Keys.content(new ByteWriter(9), number).toBytes();
  }
}
