package dev.postrider.kernel.pipeline.proof;

import dev.postrider.kernel.pipeline.Entry;
import dev.postrider.kernel.pipeline.OnException;
import dev.postrider.kernel.pipeline.Pipeline;
import dev.postrider.kernel.pipeline.Processor;
import dev.postrider.plugin.ProcessorName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which entries let no mail past, and where they send it. */
final class Endings {

  private Endings() {}

  /** Decides for every mail, unless the mailet fails. */
  static boolean isLastWord(Entry entry) {
    return entry.matchesEverything() && entry.terminal();
  }

  /** Nothing gets past it, failures included. */
  static boolean alwaysEnds(Entry entry) {
    return isLastWord(entry) && !passesOnFailure(entry);
  }

  /** Whether a mail whose mailet fails goes on with the next entry. */
  static boolean passesOnFailure(Entry entry) {
    return entry.onMailetException() instanceof OnException.Skip
        || entry.onMailetException() instanceof OnException.MatchAll;
  }

  /** Sends every mail to one processor; other mailets name processors for some of their mail. */
  static boolean isJump(Entry entry) {
    return isLastWord(entry)
        && entry.targets().size() == 1
        && entry.mailetText().equals("ToProcessor");
  }

  /** The processor to which every mail goes that comes into this one. */
  static Optional<Processor> surelyNext(Pipeline pipeline, Processor processor) {
    return processor.entries().stream()
        .filter(Endings::isLastWord)
        .findFirst()
        .filter(Endings::isJump)
        .flatMap(entry -> pipeline.processor(entry.targets().getFirst().name()));
  }

  /** All processors to which an entry may send a mail. */
  static List<ProcessorName> exits(Entry entry) {
    List<ProcessorName> out = new ArrayList<>(entry.targets());
    if (!entry.matchesEverything() && entry.onMatchException() instanceof OnException.GoTo go) {
      out.add(go.processor());
    }
    if (entry.onMailetException() instanceof OnException.GoTo go) {
      out.add(go.processor());
    }
    return out;
  }

  /** An entry and its place, as paths show it. */
  static String shown(Entry entry) {
    return entry + " (" + entry.place() + ")";
  }
}
