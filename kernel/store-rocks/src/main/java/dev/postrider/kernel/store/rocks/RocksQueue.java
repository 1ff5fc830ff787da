package dev.postrider.kernel.store.rocks;

import dev.postrider.kernel.outbound.OutboundQueue;
import dev.postrider.kernel.outbound.QueueEntry;
import dev.postrider.kernel.outbound.QueueSummary;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The outbound queue: summaries from the heap, entries from the index. */
final class RocksQueue implements OutboundQueue {

  private final Committer committer;
  private final Index index;
  private final Readers readers;

  RocksQueue(Committer committer, Index index, Readers readers) {
    this.committer = committer;
    this.index = index;
    this.readers = readers;
  }

  @Override
  public Optional<QueueEntry> entry(String id) {
    return committer.heap().queue.find(id) == null
        ? Optional.empty()
        : readers.call(() -> Optional.ofNullable(read(id)));
  }

  @Override
  public List<QueueSummary> summaries() {
    return committer.heap().queue.summaries();
  }

  @Override
  public List<QueueEntry> list(String afterId, int limit) {
    List<String> ids = committer.heap().queue.after(afterId, limit);
    if (ids.isEmpty()) {
      return List.of();
    }
    return readers.call(
        () -> {
          List<QueueEntry> entries = new ArrayList<>(ids.size());
          for (String id : ids) {
            QueueEntry entry = read(id);
            if (entry != null) {
              entries.add(entry);
            }
          }
          return entries;
        });
  }

  @Override
  public int count() {
    return committer.heap().queue.count();
  }

  private @Nullable QueueEntry read(String id) throws IOException {
    byte[] row = index.get(Keys.named(new ByteWriter(32), Keys.QUEUE, id).toBytes());
    return row == null ? null : QueueCodec.read(id, row);
  }
}
