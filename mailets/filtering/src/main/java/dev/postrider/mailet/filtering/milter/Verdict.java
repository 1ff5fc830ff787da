package dev.postrider.mailet.filtering.milter;

import dev.postrider.plugin.Recipient;
import dev.postrider.plugin.Status;
import java.util.Map;

/** What a milter made of a mail. */
sealed interface Verdict {

  /**
   * The mail goes on.
   *
   * @param changes to be made first
   * @param refused recipients that it does not go on to
   */
  record Pass(Changes changes, Map<Recipient, Status> refused) implements Verdict {
    /** Copies the map. */
    public Pass {
      refused = Map.copyOf(refused);
    }
  }

  /** The mail is refused, for good or for now. */
  record Refuse(Status status) implements Verdict {}

  /** The mail is dropped. */
  record Discard() implements Verdict {}
}
