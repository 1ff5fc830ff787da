package dev.postrider.kernel.store.rocks;

import dev.postrider.kernel.contracts.Samples;
import dev.postrider.kernel.contracts.StoreContract;
import dev.postrider.kernel.store.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The embedded store keeps the contract. */
class RocksStoreTest implements StoreContract {

  @TempDir Path directory;
  private RocksStore store;

  @BeforeEach
  void open() throws IOException {
    store =
        RocksStore.open(directory, RocksStoreOptions.defaults(InstantSource.fixed(Samples.NOON)));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Override
  public Store store() {
    return store;
  }
}
