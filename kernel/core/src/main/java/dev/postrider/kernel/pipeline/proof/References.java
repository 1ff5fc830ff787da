package dev.postrider.kernel.pipeline.proof;

import dev.postrider.kernel.pipeline.Entry;
import dev.postrider.kernel.pipeline.OnException;
import dev.postrider.kernel.pipeline.Pipeline;
import dev.postrider.kernel.pipeline.Processor;
import dev.postrider.kernel.problem.NearestName;
import dev.postrider.kernel.problem.Place;
import dev.postrider.kernel.problem.Problem;
import dev.postrider.plugin.ProcessorName;
import java.util.List;

/** Every processor that is needed or named exists. */
final class References {

  private final Pipeline pipeline;
  private final List<Problem> problems;

  private References(Pipeline pipeline, List<Problem> problems) {
    this.pipeline = pipeline;
    this.problems = problems;
  }

  static void check(Pipeline pipeline, Place file, List<Problem> problems) {
    References references = new References(pipeline, problems);
    references.required(file);
    references.targets();
  }

  private void required(Place file) {
    for (String name : List.of(Pipeline.ROOT, Pipeline.ERROR)) {
      if (pipeline.processor(name).isEmpty()) {
        String why =
            name.equals(Pipeline.ROOT) ? "every mail starts there" : "failed plugins lead there";
        problems.add(
            new Problem(
                file,
                "there is no processor '" + name + "', but " + why,
                "add <processor state=\"" + name + "\">"));
      }
    }
  }

  private void targets() {
    for (Processor processor : pipeline.processors().values()) {
      for (Entry entry : processor.entries()) {
        entry.targets().forEach(target -> target(entry, target, "goes to"));
        if (entry.onMatchException() instanceof OnException.GoTo(var target)) {
          target(entry, target, "goes on a match exception to");
        }
        if (entry.onMailetException() instanceof OnException.GoTo(var target)) {
          target(entry, target, "goes on a mailet exception to");
        }
      }
    }
  }

  private void target(Entry entry, ProcessorName target, String how) {
    // A missing error processor is a problem of its own, not one of each entry.
    if (pipeline.processor(target.name()).isEmpty() && !target.name().equals(Pipeline.ERROR)) {
      problems.add(
          new Problem(
              entry.place(),
              entry.mailetText() + " " + how + " processor '" + target + "', which does not exist",
              NearestName.of(target.name(), pipeline.processors().keySet())
                  .map(near -> "did you mean '" + near + "'?")
                  .orElse("add <processor state=\"" + target + "\">")));
    }
  }
}
