package dev.postrider.kernel.ledger;

import java.time.Instant;
import java.util.List;

/** The record of fates, read-only. Thread: any, may block. */
public interface Ledger {

  /** All entries of a mail, oldest first. */
  List<LedgerEntry> of(String mailId);

  /** Entries from an instant on, oldest first. */
  List<LedgerEntry> since(Instant from, int limit);
}
