package dev.postrider.kernel.store.rocks;

import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;

/**
 * Compares the rows of an index with those that checkpoint and segments say. Fates are let expire
 * in the index only, oldest first, so old ones may be missing on either side.
 */
final class LogComparison {
  private static final int INSTANT_AND_NUMBER = 20;

  private final Index index;
  private final Index logged;
  private final RowNames names;
  private final Findings findings;
  private final byte[] oldestInIndex;
  private final byte[] oldestLogged;

  /**
   * Prepares.
   *
   * @param cutoff fates before it may be gone
   */
  LogComparison(Index index, Index logged, Instant cutoff, RowNames names, Findings findings)
      throws IOException {
    this.index = index;
    this.logged = logged;
    this.names = names;
    this.findings = findings;
    this.oldestInIndex = oldestFate(index, cutoff);
    this.oldestLogged = oldestFate(logged, cutoff);
  }

  private static byte[] oldestFate(Index index, Instant cutoff) throws IOException {
    byte[][] oldest = {instant(Keys.ledgerFrom(new ByteWriter(13), cutoff).fixed64(0).toBytes())};
    index.scan(
        Keys.prefix(Keys.LEDGER),
        (key, _) -> {
          oldest[0] = instant(key);
          return false;
        });
    return oldest[0];
  }

  private static byte[] instant(byte[] key) {
    return Arrays.copyOfRange(key, key.length - INSTANT_AND_NUMBER, key.length - 8);
  }

  void run() throws IOException {
    try (RowCursor ours = index.cursor();
        RowCursor theirs = logged.cursor()) {
      while (ours.isValid() || theirs.isValid()) {
        int order = order(ours, theirs);
        if (order == 0 && !Arrays.equals(ours.value(), theirs.value())) {
          findings.index(names.of(ours.key()), "the row is not what the segments say");
        } else if (order < 0 && !hasExpired(ours.key(), oldestLogged)) {
          findings.index(names.of(ours.key()), "the segments don't know this row");
        } else if (order > 0 && !hasExpired(theirs.key(), oldestInIndex)) {
          findings.index(names.of(theirs.key()), "the row is missing");
        }
        if (order <= 0) {
          ours.next();
        }
        if (order >= 0) {
          theirs.next();
        }
      }
    }
  }

  private static int order(RowCursor ours, RowCursor theirs) {
    if (!ours.isValid() || !theirs.isValid()) {
      return ours.isValid() ? -1 : 1;
    }
    return Arrays.compareUnsigned(ours.key(), theirs.key());
  }

  private static boolean hasExpired(byte[] key, byte[] oldest) {
    return (key[0] == Keys.LEDGER || key[0] == Keys.LEDGER_BY_MAIL)
        && key.length > INSTANT_AND_NUMBER
        && Arrays.compareUnsigned(instant(key), oldest) < 0;
  }
}
