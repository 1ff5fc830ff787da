package dev.postrider.kernel.spool;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Accepted mail whose run is not committed; read-only. Thread: any, may block. */
public interface Spool {

  /** An entry by its mail's id. */
  Optional<SpoolEntry> entry(String mailId);

  /**
   * Entries that are not held and whose next attempt is due, the longest waiting first.
   *
   * @param limit how many at most
   */
  List<SpoolEntry> due(Instant now, int limit);

  /** When the next entry that is not held becomes due, if any. */
  Optional<Instant> nextDue();

  /** All entries by id, held ones too, after the given id (empty string: from the start). */
  List<SpoolEntry> list(String afterId, int limit);

  /** How many entries there are. */
  int count();
}
