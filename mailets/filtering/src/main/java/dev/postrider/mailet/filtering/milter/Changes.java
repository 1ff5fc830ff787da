package dev.postrider.mailet.filtering.milter;

import java.util.List;
import java.util.Optional;

/**
 * All that a milter wants changed of one mail, known as a whole.
 *
 * @param each in the order it was asked for
 * @param body a new body, where one was sent
 */
record Changes(List<Change> each, Optional<byte[]> body) {

  /** Nothing. */
  static final Changes NONE = new Changes(List.of(), Optional.empty());

  /** Copies the list. */
  Changes {
    each = List.copyOf(each);
  }

  /** Why the mail is to be held, where it is. */
  Optional<String> quarantine() {
    return each.stream()
        .filter(Change.Quarantine.class::isInstance)
        .map(change -> ((Change.Quarantine) change).reason())
        .findFirst();
  }
}
