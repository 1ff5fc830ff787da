package dev.postrider.kernel.pipeline.proof;

import dev.postrider.kernel.pipeline.Entry;
import dev.postrider.kernel.pipeline.Pipeline;
import dev.postrider.kernel.problem.Place;
import dev.postrider.kernel.problem.Problem;
import dev.postrider.plugin.Action;
import dev.postrider.plugin.Fact;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * No path relays for a stranger: for a peer that has not logged in, from no known network, to a
 * recipient that is neither local nor named in the pipeline. A way that only a matcher opens of
 * which nothing is declared is a notice; it may well know who is no stranger.
 */
final class Strangers implements Question {

  private final String start;

  private Strangers(Pipeline pipeline) {
    this.start = Starts.fromOutside(pipeline);
  }

  static void check(
      Pipeline pipeline,
      Counterexamples examples,
      Place file,
      List<Problem> problems,
      List<Problem> notices) {
    Strangers question = new Strangers(pipeline);
    Set<String> tracked = Tracked.of(pipeline);
    PathSearch.Result shown =
        PathSearch.of(pipeline, question, new Cases(examples.probes(), tracked, false));
    for (Violation violation : shown.violations()) {
      problems.add(
          new Problem(
              violation.entry().place(),
              "'%s' relays for strangers: %s"
                  .formatted(violation.entry().mailetText(), violation.path()),
              "put a condition before it, such as match=\"SenderIsAuthenticated\""
                  + "; see it with: "
                  + examples.of(violation)));
    }
    PathSearch.Result guessed =
        PathSearch.of(pipeline, question, new Cases(examples.probes(), tracked, true));
    Set<Entry> told = shown.violations().stream().map(Violation::entry).collect(Collectors.toSet());
    for (Violation violation : guessed.violations()) {
      if (!told.contains(violation.entry())) {
        notices.add(
            new Problem(
                violation.entry().place(),
                "it can't be proved that '%s' relays for no stranger: %s"
                    .formatted(violation.entry().mailetText(), violation.path()),
                "see it with: " + examples.of(violation)));
      }
    }
    if (!guessed.complete() || !shown.complete()) {
      notices.add(Starts.tooLarge(file, "no path relays for a stranger"));
    }
  }

  @Override
  public Map<String, Knowledge> starts() {
    return Map.of(
        start,
        Knowledge.of(
            Map.of(
                Fact.AUTHENTICATED, false,
                Fact.KNOWN_NETWORK, false,
                Fact.LOCAL_RECIPIENT, false,
                Fact.LOCAL_DOMAIN, false,
                Fact.NAMED_RECIPIENT, false)));
  }

  @Override
  public Verdict verdict(Entry entry, Set<Action> does, Optional<Entry> mark) {
    if (does.contains(Action.RELAY)) {
      return new Verdict.Happens();
    }
    // The admin chose where it goes.
    return does.contains(Action.CHANGE_RECIPIENTS) ? new Verdict.Safe() : new Verdict.GoOn(mark);
  }
}
