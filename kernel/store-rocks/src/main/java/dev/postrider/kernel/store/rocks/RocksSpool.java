package dev.postrider.kernel.store.rocks;

import dev.postrider.kernel.spool.Spool;
import dev.postrider.kernel.spool.SpoolEntry;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The spool: the order from the heap, entries from the index. */
final class RocksSpool implements Spool {

  private final Committer committer;
  private final Index index;
  private final Readers readers;

  RocksSpool(Committer committer, Index index, Readers readers) {
    this.committer = committer;
    this.index = index;
    this.readers = readers;
  }

  @Override
  public Optional<SpoolEntry> entry(String mailId) {
    return committer.heap().spool.find(mailId) == null
        ? Optional.empty()
        : readers.call(() -> Optional.ofNullable(read(mailId)));
  }

  @Override
  public List<SpoolEntry> due(Instant now, int limit) {
    return read(committer.heap().spool.due(now, limit));
  }

  @Override
  public Optional<Instant> nextDue() {
    return committer.heap().spool.nextDue();
  }

  @Override
  public List<SpoolEntry> list(String afterId, int limit) {
    return read(committer.heap().spool.after(afterId, limit));
  }

  @Override
  public int count() {
    return committer.heap().spool.count();
  }

  private List<SpoolEntry> read(List<String> ids) {
    if (ids.isEmpty()) {
      return List.of();
    }
    return readers.call(
        () -> {
          List<SpoolEntry> entries = new ArrayList<>(ids.size());
          for (String id : ids) {
            SpoolEntry entry = read(id);
            if (entry != null) {
              entries.add(entry);
            }
          }
          return entries;
        });
  }

  private @Nullable SpoolEntry read(String id) throws IOException {
    byte[] row = index.get(Keys.named(new ByteWriter(32), Keys.SPOOL, id).toBytes());
    return row == null ? null : SpoolCodec.read(id, row);
  }
}
