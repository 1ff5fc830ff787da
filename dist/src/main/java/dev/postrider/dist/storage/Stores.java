package dev.postrider.dist.storage;

import dev.postrider.dist.home.Reasons;
import dev.postrider.dist.home.Refusal;
import dev.postrider.kernel.host.config.ServerConfig;
import dev.postrider.kernel.host.config.StorageConfig;
import dev.postrider.kernel.store.rocks.RocksStore;
import dev.postrider.kernel.store.rocks.RocksStoreOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;

/** Opens the store that a configuration names. */
public final class Stores {

  private Stores() {}

  /** Whether a process has it open; it may be another one than a listener's file tells. */
  public static boolean isInUse(ServerConfig config) {
    Path directory = config.storage().directory();
    try {
      return RocksStore.isInUse(directory);
    } catch (IOException e) {
      throw new Refusal(
          "the data directory %s can't be read: %s".formatted(directory, Reasons.of(e)));
    }
  }

  /**
   * Opens it.
   *
   * @throws Refusal when it is in use, damaged or of another version
   */
  public static RocksStore open(ServerConfig config) {
    StorageConfig storage = config.storage();
    try {
      return RocksStore.open(storage.directory(), options(storage));
    } catch (IOException e) {
      throw new Refusal(Reasons.of(e));
    }
  }

  static RocksStoreOptions options(StorageConfig storage) {
    return RocksStoreOptions.defaults(InstantSource.system())
        .withLedgerRetention(storage.ledgerRetention())
        .withReserveBytes(storage.minimumFree().octets());
  }
}
