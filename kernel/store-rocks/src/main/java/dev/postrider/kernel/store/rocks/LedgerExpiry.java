package dev.postrider.kernel.store.rocks;

import java.io.IOException;
import java.time.Instant;

/**
 * Removes fates that are old enough. They lie in the order of their instants, so only those that go
 * are looked at. The removal is not logged: a rebuilt index just removes them again.
 */
final class LedgerExpiry {

  private static final int AT_ONCE = 2_000;

  private final RocksStoreOptions options;
  private final Index index;

  LedgerExpiry(RocksStoreOptions options, Index index) {
    this.options = options;
    this.index = index;
  }

  /** The instant before which fates don't count any more. */
  Instant cutoff() {
    return options.clock().instant().minus(options.ledgerRetention());
  }

  void run() throws IOException {
    while (removeSome()) {
      if (Thread.currentThread().isInterrupted()) {
        return;
      }
    }
  }

  private boolean removeSome() throws IOException {
    Instant cutoff = cutoff();
    RowBuffer rows = new RowBuffer();
    int[] count = {0};
    index.scan(
        Keys.prefix(Keys.LEDGER),
        (key, row) -> {
          var entry = LedgerCodec.read(row);
          if (!entry.at().isBefore(cutoff) || count[0] == AT_ONCE) {
            return false;
          }
          long number = new ByteReader(key, key.length - 8, key.length).fixed64();
          rows.delete(key);
          rows.delete(Keys.ledgerByMail(new ByteWriter(64), entry.mailId(), entry.at(), number));
          count[0]++;
          return true;
        });
    if (!rows.isEmpty()) {
      index.write(rows.toBatch());
    }
    return count[0] == AT_ONCE;
  }
}
