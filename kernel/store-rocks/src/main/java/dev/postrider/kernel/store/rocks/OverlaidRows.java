package dev.postrider.kernel.store.rocks;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The rows of an index with groups on top that it lacks, as after the next start. */
final class OverlaidRows {
  private final Index index;
  private final NavigableMap<byte[], Optional<byte[]>> over =
      new TreeMap<>(Arrays::compareUnsigned);

  OverlaidRows(Index index) {
    this.index = index;
  }

  /** Adds the logged changes of a group. */
  void apply(byte[] changes) {
    ByteReader in = new ByteReader(changes);
    while (in.more()) {
      boolean put = in.u8() == RowBuffer.PUT;
      byte[] key = in.bytes();
      over.put(key, put ? Optional.of(in.bytes()) : Optional.empty());
    }
  }

  byte @Nullable [] get(byte[] key) throws IOException {
    Optional<byte[]> changed = over.get(key);
    return changed == null ? index.get(key) : changed.orElse(null);
  }

  /** Visits all rows of a kind in the order of their keys. */
  void scan(byte kind, Index.RowVisitor visitor) throws IOException {
    NavigableMap<byte[], Optional<byte[]>> changed =
        over.subMap(new byte[] {kind}, true, new byte[] {(byte) (kind + 1)}, false);
    Deque<Map.Entry<byte[], Optional<byte[]>>> waiting = new ArrayDeque<>(changed.entrySet());
    index.scan(
        Keys.prefix(kind),
        (key, value) -> {
          while (!waiting.isEmpty()
              && Arrays.compareUnsigned(waiting.getFirst().getKey(), key) < 0) {
            visit(waiting.removeFirst(), visitor);
          }
          if (!waiting.isEmpty() && Arrays.equals(waiting.getFirst().getKey(), key)) {
            visit(waiting.removeFirst(), visitor);
          } else {
            visitor.row(key, value);
          }
          return true;
        });
    for (Map.Entry<byte[], Optional<byte[]>> row : waiting) {
      visit(row, visitor);
    }
  }

  private static void visit(Map.Entry<byte[], Optional<byte[]>> row, Index.RowVisitor visitor)
      throws IOException {
    if (row.getValue().isPresent()) {
      visitor.row(row.getKey(), row.getValue().get());
    }
  }
}
