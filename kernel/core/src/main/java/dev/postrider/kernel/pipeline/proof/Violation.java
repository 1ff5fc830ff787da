package dev.postrider.kernel.pipeline.proof;

import dev.postrider.kernel.pipeline.Entry;
import java.util.List;
import java.util.Optional;

/**
 * A path on which something happens that must not.
 *
 * @param entry where it happens
 * @param mark the entry before it that matters
 * @param steps of the path
 * @param presumed what has to be so for a mail to take it
 * @param knowledge of such a mail at its end
 */
record Violation(
    Entry entry,
    Optional<Entry> mark,
    List<String> steps,
    List<Presumption> presumed,
    Knowledge knowledge) {

  /** Copies the lists. */
  Violation {
    steps = List.copyOf(steps);
    presumed = List.copyOf(presumed);
  }

  /** The path and what it presumes. */
  String path() {
    return String.join(" → ", steps) + Presumption.told(presumed);
  }
}
