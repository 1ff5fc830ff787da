package dev.postrider.kernel.store.rocks;

import dev.postrider.kernel.ledger.Ledger;
import dev.postrider.kernel.ledger.LedgerEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Fates in the order of their instants, and by mail. Expired ones are not shown. */
final class RocksLedger implements Ledger {

  private final Index index;
  private final Readers readers;
  private final LedgerExpiry expiry;

  RocksLedger(Index index, Readers readers, LedgerExpiry expiry) {
    this.index = index;
    this.readers = readers;
    this.expiry = expiry;
  }

  @Override
  public List<LedgerEntry> of(String mailId) {
    byte[] range = Keys.ledgerOfMail(new ByteWriter(32), mailId).toBytes();
    Instant cutoff = expiry.cutoff();
    return readers.call(
        () -> {
          List<LedgerEntry> entries = new ArrayList<>();
          index.scan(
              range,
              (key, _) -> {
                ByteWriter at = new ByteWriter(21).u8(Keys.LEDGER);
                at.raw(key, range.length, key.length - range.length);
                byte[] row = index.get(at.toBytes());
                if (row != null) {
                  LedgerEntry entry = LedgerCodec.read(row);
                  if (!entry.at().isBefore(cutoff)) {
                    entries.add(entry);
                  }
                }
                return true;
              });
          return entries;
        });
  }

  @Override
  public List<LedgerEntry> since(Instant from, int limit) {
    Instant cutoff = expiry.cutoff();
    Instant start = from.isBefore(cutoff) ? cutoff : from;
    byte[] begin = Keys.ledgerFrom(new ByteWriter(13), start).toBytes();
    return readers.call(
        () -> {
          List<LedgerEntry> entries = new ArrayList<>();
          index.scan(
              Keys.prefix(Keys.LEDGER),
              begin,
              (_, row) -> {
                if (entries.size() == limit) {
                  return false;
                }
                entries.add(LedgerCodec.read(row));
                return true;
              });
          return entries;
        });
  }
}
