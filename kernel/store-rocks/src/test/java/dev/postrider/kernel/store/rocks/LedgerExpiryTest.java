package dev.postrider.kernel.store.rocks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.kernel.contracts.Samples;
import dev.postrider.kernel.contracts.VirtualTime;
import dev.postrider.kernel.ledger.Fate;
import dev.postrider.kernel.ledger.LedgerEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fates are kept for a while, then go. */
class LedgerExpiryTest {

  @TempDir Path directory;

  @Test
  void fatesOlderThanTheRetentionAreNeitherShownNorKept() throws IOException {
    VirtualTime time = new VirtualTime(Samples.NOON);
    RocksStoreOptions options =
        RocksStoreOptions.defaults(time).withLedgerRetention(Duration.ofDays(2));
    try (RocksStore store = RocksStore.open(directory, options, new FileDisk(), new Random(1))) {
      Stores.commit(
          store,
          Samples.fate("old", Samples.NOON, Fate.DELIVERED),
          Samples.fate("new", Samples.NOON.plus(Duration.ofDays(1)), Fate.DELIVERED));

      time.advance(Duration.ofDays(2).plusSeconds(1));

      assertThat(store.ledger().of("old")).isEmpty();
      assertThat(store.ledger().since(Instant.EPOCH, 10))
          .extracting(LedgerEntry::mailId)
          .containsExactly("new");
      store.compact();
      int[] rows = {0};
      store.index().scan(Keys.prefix(Keys.LEDGER), (_, _) -> rows[0]++ < 100);
      store.index().scan(Keys.prefix(Keys.LEDGER_BY_MAIL), (_, _) -> rows[0]++ < 100);
      assertThat(rows[0]).isEqualTo(2);
    }
  }
}
