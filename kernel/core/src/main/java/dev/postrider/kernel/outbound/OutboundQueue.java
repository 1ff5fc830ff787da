package dev.postrider.kernel.outbound;

import java.util.List;
import java.util.Optional;

/** Mail on its way to other hosts; read-only. Thread: any, may block. */
public interface OutboundQueue {

  /** An entry by its id. */
  Optional<QueueEntry> entry(String id);

  /** All entries, in short, in no order; a snapshot. Answers from memory. */
  List<QueueSummary> summaries();

  /** Entries by id after the given one (empty string: from the start). */
  List<QueueEntry> list(String afterId, int limit);

  /** How many entries there are. */
  int count();
}
