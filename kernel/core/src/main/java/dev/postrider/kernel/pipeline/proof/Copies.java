package dev.postrider.kernel.pipeline.proof;

import dev.postrider.kernel.pipeline.Entry;
import dev.postrider.kernel.pipeline.Pipeline;
import dev.postrider.kernel.pipeline.Processor;
import dev.postrider.kernel.problem.Problem;
import dev.postrider.plugin.Action;
import dev.postrider.plugin.Fact;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * No mail makes a new mail that for sure makes another, and so on. New mails start in {@code root};
 * so no entry that every such mail meets may send one.
 */
final class Copies {

  // Of a new mail it is only known that nobody has logged in to hand it in.
  private static final Knowledge NEW_MAIL =
      new Knowledge(Map.of(Fact.AUTHENTICATED, false), Map.of(), Map.of(), false);

  private final Pipeline pipeline;
  private final Cases cases;

  private Copies(Pipeline pipeline, Probes probes) {
    this.pipeline = pipeline;
    this.cases = new Cases(probes, Set.of(), true);
  }

  static void check(Pipeline pipeline, Probes probes, List<Problem> problems) {
    new Copies(pipeline, probes).walk(problems);
  }

  private void walk(List<Problem> problems) {
    List<String> steps = new ArrayList<>();
    Set<String> entered = new HashSet<>();
    Optional<Processor> at = pipeline.processor(Pipeline.ROOT);
    while (at.isPresent() && entered.add(at.get().name())) {
      steps.add(at.get().name());
      at = walk(at.get(), steps, problems);
    }
  }

  /** Where every new mail goes from here. */
  private Optional<Processor> walk(
      Processor processor, List<String> steps, List<Problem> problems) {
    for (Entry entry : processor.entries()) {
      boolean surely = cases.when(entry.criterion(), false, NEW_MAIL).isEmpty();
      Set<Action> does = entry.does().orElse(Set.of());
      if (surely && (does.contains(Action.EMIT) || does.contains(Action.REPLY))) {
        problems.add(
            new Problem(
                entry.place(),
                "'%s' sends a new mail for every mail, also for those it sends itself: %s → %s → a new mail → %s"
                    .formatted(
                        entry.mailetText(),
                        String.join(" → ", steps),
                        Endings.shown(entry),
                        Pipeline.ROOT),
                "put a condition before it that its own mails don't meet"));
      }
      if (surely && entry.terminal()) {
        boolean jump = entry.mailetText().equals("ToProcessor") && entry.targets().size() == 1;
        steps.add(Endings.shown(entry));
        return jump ? pipeline.processor(entry.targets().getFirst().name()) : Optional.empty();
      }
    }
    return Optional.empty();
  }
}
