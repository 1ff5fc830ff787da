package dev.postrider.kernel.store.rocks;

import java.time.Duration;
import java.time.InstantSource;

/**
 * What can be set of a {@link RocksStore}. Sizes in octets.
 *
 * @param clock for the expiry of the ledger and for uid validity
 * @param ledgerRetention how long fates are kept
 * @param segmentBytes a segment that has reached this is followed by a new one
 * @param draftHeapBytes what a draft holds on the heap before it goes to a file
 * @param reserveBytes when less than this is free, new content is refused; removals still work
 * @param groupBatches batches that share one sync at most
 * @param groupBytes content that shares one sync at most, unless a single batch has more
 * @param cacheBytes block cache of RocksDB
 * @param readers platform threads for reading rows
 * @param maintenanceInterval pause between two looks for space to reclaim and fates to expire
 * @param compactionShare a segment of which less than this share is live is compacted
 * @param compactionBytesPerSecond how fast live content is moved in the background
 */
public record RocksStoreOptions(
    InstantSource clock,
    Duration ledgerRetention,
    long segmentBytes,
    int draftHeapBytes,
    long reserveBytes,
    int groupBatches,
    long groupBytes,
    long cacheBytes,
    int readers,
    Duration maintenanceInterval,
    double compactionShare,
    long compactionBytesPerSecond) {

  private static final long MIB = 1 << 20;

  /** What a server runs with. */
  public static RocksStoreOptions defaults(InstantSource clock) {
    return new RocksStoreOptions(
        clock,
        Duration.ofDays(30),
        128 * MIB,
        256 << 10,
        128 * MIB,
        512,
        8 * MIB,
        64 * MIB,
        3,
        Duration.ofSeconds(15),
        0.5,
        32 * MIB);
  }

  /** The same with another retention of the ledger. */
  public RocksStoreOptions withLedgerRetention(Duration retention) {
    return new RocksStoreOptions(
        clock,
        retention,
        segmentBytes,
        draftHeapBytes,
        reserveBytes,
        groupBatches,
        groupBytes,
        cacheBytes,
        readers,
        maintenanceInterval,
        compactionShare,
        compactionBytesPerSecond);
  }

  /** The same with another size of segments. */
  public RocksStoreOptions withSegmentBytes(long bytes) {
    return new RocksStoreOptions(
        clock,
        ledgerRetention,
        bytes,
        draftHeapBytes,
        reserveBytes,
        groupBatches,
        groupBytes,
        cacheBytes,
        readers,
        maintenanceInterval,
        compactionShare,
        compactionBytesPerSecond);
  }

  /** The same with another free space below which new content is refused. */
  public RocksStoreOptions withReserveBytes(long bytes) {
    return new RocksStoreOptions(
        clock,
        ledgerRetention,
        segmentBytes,
        draftHeapBytes,
        bytes,
        groupBatches,
        groupBytes,
        cacheBytes,
        readers,
        maintenanceInterval,
        compactionShare,
        compactionBytesPerSecond);
  }

  /** The same with another pause between two rounds of maintenance. */
  public RocksStoreOptions withMaintenanceInterval(Duration interval) {
    return new RocksStoreOptions(
        clock,
        ledgerRetention,
        segmentBytes,
        draftHeapBytes,
        reserveBytes,
        groupBatches,
        groupBytes,
        cacheBytes,
        readers,
        interval,
        compactionShare,
        compactionBytesPerSecond);
  }
}
