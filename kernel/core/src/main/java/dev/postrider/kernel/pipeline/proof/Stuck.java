package dev.postrider.kernel.pipeline.proof;

import dev.postrider.kernel.pipeline.Criterion;
import dev.postrider.kernel.pipeline.Entry;
import dev.postrider.kernel.pipeline.Pipeline;
import dev.postrider.kernel.problem.Problem;
import java.util.List;
import java.util.Map;

/** What was asked for a proof comes back with an answer. */
final class Stuck {

  private Stuck() {}

  /** To be called after all who ask. */
  static void check(Pipeline pipeline, Probes probes, List<Problem> problems) {
    Map<Object, String> stuck = probes.stuck();
    if (stuck.isEmpty()) {
      return;
    }
    pipeline.processors().values().stream()
        .flatMap(processor -> processor.entries().stream())
        .forEach(entry -> check(entry, stuck, problems));
  }

  private static void check(Entry entry, Map<Object, String> stuck, List<Problem> problems) {
    String why = stuck.get(entry.mailet());
    if (why != null) {
      problems.add(problem(entry, "mailet '" + entry.mailetText() + "'", entry.mailet(), why));
    }
    Tracked.criteria(entry)
        .filter(Criterion.Decided.class::isInstance)
        .map(Criterion.Decided.class::cast)
        .filter(decided -> stuck.containsKey(decided.matcher()))
        .map(
            decided ->
                problem(
                    entry,
                    "matcher '" + decided.text() + "'",
                    decided.matcher(),
                    stuck.getOrDefault(decided.matcher(), "")))
        .forEach(problems::add);
  }

  private static Problem problem(Entry entry, String what, Object plugin, String why) {
    return new Problem(
        entry.place(),
        "nothing can be proved of the %s: %s %s when it was asked about an empty mail"
            .formatted(what, plugin.getClass().getName(), why),
        "mend the plugin, or take the entry out");
  }
}
