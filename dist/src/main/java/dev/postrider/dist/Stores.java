package dev.postrider.dist;

import dev.postrider.kernel.host.config.ServerConfig;
import dev.postrider.kernel.host.config.StorageConfig;
import dev.postrider.kernel.store.Store;
import dev.postrider.kernel.store.rocks.RocksStore;
import dev.postrider.kernel.store.rocks.RocksStoreOptions;
import java.io.IOException;
import java.time.InstantSource;

/** Opens the store that a configuration names. */
final class Stores {

  private Stores() {}

  /**
   * Opens it.
   *
   * @throws Refusal when it is in use, damaged or of another version
   */
  static Store open(ServerConfig config) {
    StorageConfig storage = config.storage();
    try {
      return RocksStore.open(
          storage.directory(),
          RocksStoreOptions.defaults(InstantSource.system())
              .withLedgerRetention(storage.ledgerRetention())
              .withReserveBytes(storage.minimumFree().octets()));
    } catch (IOException e) {
      throw new Refusal(Reasons.of(e));
    }
  }
}
