package dev.postrider.kernel.pipeline.proof;

import dev.postrider.kernel.pipeline.Entry;
import dev.postrider.plugin.Action;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What must not happen on any path. */
interface Question {

  /** Where mails start, and what is known of them there. */
  Map<String, Knowledge> starts();

  /**
   * What a mailet means for the question.
   *
   * @param does all that it may do
   * @param mark the entry that an earlier verdict left as a mark
   */
  Verdict verdict(Entry entry, Set<Action> does, Optional<Entry> mark);

  /** A verdict. */
  sealed interface Verdict {

    /** The path goes on; what comes has to know of the entry in the mark. */
    record GoOn(Optional<Entry> mark) implements Verdict {}

    /** From here on it can't happen any more. */
    record Safe() implements Verdict {}

    /** It happens. */
    record Happens() implements Verdict {}
  }
}
