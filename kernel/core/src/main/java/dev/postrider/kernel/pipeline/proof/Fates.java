package dev.postrider.kernel.pipeline.proof;

import dev.postrider.kernel.pipeline.Entry;
import dev.postrider.kernel.pipeline.Pipeline;
import dev.postrider.kernel.pipeline.Processor;
import dev.postrider.kernel.problem.Problem;
import java.util.List;
import java.util.Set;

/**
 * No mail ends without a fate: every processor that can be reached has a last word for all
 * recipients. {@code connect}, {@code sender} and {@code recipient} may fall off the end, and
 * {@code message} goes on with {@code root}.
 */
final class Fates {

  private static final Set<String> MAY_FALL_OFF =
      Set.of(Pipeline.CONNECT, Pipeline.SENDER, Pipeline.RECIPIENT, Pipeline.MESSAGE);

  private Fates() {}

  static void check(Pipeline pipeline, Reached reached, List<Problem> problems) {
    for (Reached.Way way : reached.all()) {
      Processor processor = pipeline.processor(way.processor()).orElseThrow();
      if (!MAY_FALL_OFF.contains(processor.name())
          && processor.entries().stream().noneMatch(Endings::isLastWord)) {
        problems.add(
            new Problem(
                processor.place(),
                "mail can fall off the end of processor '"
                    + processor.name()
                    + "': "
                    + described(way, processor),
                "end it with an entry for all that decides, such as"
                    + " <mailet match=\"All\" class=\"Hold\"/>"));
      }
    }
  }

  private static String described(Reached.Way way, Processor last) {
    List<String> parts = way.steps();
    if (last.entries().isEmpty()) {
      parts.add("no entry");
    } else {
      Entry entry = last.entries().getLast();
      parts.add(Endings.shown(entry) + (entry.terminal() ? " does not match" : " goes on"));
    }
    parts.add("falls off");
    return String.join(" → ", parts);
  }
}
