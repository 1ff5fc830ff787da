package dev.postrider.kernel.pipeline.proof;

import dev.postrider.kernel.pipeline.Criterion;
import dev.postrider.kernel.pipeline.Entry;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Something that has to be so for a mail to take a path, and that it may bring about. */
sealed interface Presumption {

  /** A matcher answers so. */
  record Answers(String text, Criterion criterion, boolean matches) implements Presumption {}

  /** The matcher or the mailet of an entry fails. */
  record Fails(String what, Entry entry) implements Presumption {}

  /** The words for a person; empty where any mail will do. */
  private Optional<String> words() {
    return switch (this) {
      case Answers(var text, var _, var matches) when matches ->
          Optional.of("'" + text + "' matches");
      case Answers(var text, Criterion.Unsaid _, var _) ->
          Optional.of("'" + text + "' does not match");
      case Answers _ -> Optional.empty();
      case Fails(var what, var entry) ->
          Optional.of(what + " of " + Endings.shown(entry) + " fails");
    };
  }

  /** {@code " if 'HasHeader=X' matches"}; empty where nothing is presumed. */
  static String told(List<Presumption> all) {
    String words =
        all.stream()
            .map(Presumption::words)
            .flatMap(Optional::stream)
            .distinct()
            .collect(Collectors.joining(" and "));
    return words.isEmpty() ? "" : ", if " + words;
  }
}
