package dev.postrider.kernel.pipeline.proof;

import dev.postrider.kernel.pipeline.Entry;
import dev.postrider.kernel.pipeline.Pipeline;
import dev.postrider.kernel.pipeline.Processor;
import dev.postrider.kernel.problem.Problem;
import java.util.List;

/** No entry is written in vain. */
final class Unreached {

  private Unreached() {}

  static void check(Pipeline pipeline, List<Problem> problems) {
    for (Processor processor : pipeline.processors().values()) {
      Entry end = null;
      for (Entry entry : processor.entries()) {
        if (end != null) {
          problems.add(
              new Problem(
                  entry.place(),
                  "%s is never reached: %s (%s) decides for every mail before it"
                      .formatted(entry, end, end.place()),
                  "move it up or remove it"));
          break;
        }
        if (Endings.alwaysEnds(entry)) {
          end = entry;
        }
      }
    }
  }
}
