package dev.postrider.kernel.pipeline.proof;

import dev.postrider.kernel.pipeline.Entry;
import dev.postrider.kernel.pipeline.OnException;
import dev.postrider.kernel.pipeline.Pipeline;
import dev.postrider.kernel.pipeline.Processor;
import dev.postrider.plugin.Action;
import dev.postrider.plugin.ProcessorName;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Walks all paths of a pipeline, breadth first, with what is known of the mail on each. Two paths
 * that meet in one entry and know the same are one from there on.
 */
final class PathSearch {

  /** Some thousand are normal; a pipeline that needs more is not proved. */
  static final int STATE_LIMIT = 50_000;

  private final Pipeline pipeline;
  private final Question question;
  private final Cases cases;
  private final Asked asked;
  private final Set<State> seen = new HashSet<>();
  private final Deque<Walk> open = new ArrayDeque<>();
  private final Map<Entry, Violation> found = new LinkedHashMap<>();

  private PathSearch(Pipeline pipeline, Question question, Cases cases) {
    this.pipeline = pipeline;
    this.question = question;
    this.cases = cases;
    this.asked = Asked.of(pipeline);
  }

  /** Where a mail is, and what is known of it. */
  record State(String processor, int index, Knowledge knowledge, Optional<Entry> mark) {}

  /**
   * The answer.
   *
   * @param violations one for each entry in which it happens, with a shortest path
   * @param complete whether all paths were walked
   */
  record Result(List<Violation> violations, boolean complete) {
    Result {
      violations = List.copyOf(violations);
    }
  }

  static Result of(Pipeline pipeline, Question question, Cases cases) {
    return new PathSearch(pipeline, question, cases).run();
  }

  private Result run() {
    question.starts().forEach((name, known) -> enter(Walk.start(name, known)));
    while (!open.isEmpty() && seen.size() <= STATE_LIMIT) {
      advance(open.poll());
    }
    return new Result(List.copyOf(found.values()), open.isEmpty());
  }

  private void enter(Walk walk) {
    Walk less = walk.knowing(asked.worth(walk.state()));
    if (seen.add(less.state())) {
      open.add(less);
    }
  }

  private void advance(Walk walk) {
    Optional<Processor> processor = pipeline.processor(walk.state().processor());
    if (processor.isEmpty()) {
      return;
    }
    if (walk.state().index() >= processor.get().entries().size()) {
      if (processor.get().name().equals(Pipeline.MESSAGE)) {
        enter(walk.to(Pipeline.ROOT, Optional.empty(), walk.state().knowledge()));
      }
      return;
    }
    Entry entry = processor.get().entries().get(walk.state().index());
    Knowledge knowledge = walk.state().knowledge();
    for (Cases.Case passes : cases.when(entry.criterion(), false, knowledge)) {
      enter(walk.next(passes));
    }
    for (Cases.Case matches : cases.when(entry.criterion(), true, knowledge)) {
      process(walk.presuming(matches), entry);
    }
    if (!entry.matchesEverything()) {
      matcherFails(walk.failing("the matcher", entry), entry);
    }
  }

  private void matcherFails(Walk walk, Entry entry) {
    switch (entry.onMatchException()) {
      case OnException.GoTo(var target) -> fault(walk, target, entry);
      case OnException.Skip _ -> enter(walk.next());
      case OnException.MatchAll _ -> process(walk, entry);
      case OnException.Defer _ -> {
        // The same path again, later.
      }
    }
  }

  private void process(Walk walk, Entry entry) {
    Set<Action> does = entry.does().orElse(Set.of());
    switch (question.verdict(entry, does, walk.state().mark())) {
      case Question.Verdict.Happens() -> {
        found.putIfAbsent(entry, walk.violation(entry));
        goOn(walk, entry, does);
      }
      case Question.Verdict.GoOn(var mark) -> goOn(walk.marked(mark), entry, does);
      case Question.Verdict.Safe() -> {
        // Nothing that comes matters.
      }
    }
    mailetFails(walk.failing("the mailet", entry), entry);
  }

  private void goOn(Walk walk, Entry entry, Set<Action> does) {
    Knowledge before = walk.state().knowledge();
    Optional<Map<String, String>> attributes =
        does.contains(Action.SET_ATTRIBUTE)
                && !does.contains(Action.SET_ANY_ATTRIBUTE)
                && before.attributesKnown()
            ? cases.probes().attributesAfter(entry, before.attributes())
            : Optional.empty();
    Knowledge after =
        entry.does().isEmpty() ? before.afterAnything() : before.after(does, attributes);
    for (ProcessorName target : entry.targets()) {
      enter(walk.to(target.name(), Optional.of(entry), after));
    }
    if (!entry.terminal()) {
      enter(walk.next(after));
    }
  }

  private void mailetFails(Walk walk, Entry entry) {
    switch (entry.onMailetException()) {
      case OnException.GoTo(var target) -> fault(walk, target, entry);
      case OnException.Skip _, OnException.MatchAll _ -> enter(walk.next());
      case OnException.Defer _ -> {
        // The same path again, later.
      }
    }
  }

  // A mail that fails again where it was sent to for a failure is held.
  private void fault(Walk walk, ProcessorName target, Entry entry) {
    if (!target.name().equals(walk.state().processor())) {
      enter(walk.to(target.name(), Optional.of(entry), walk.state().knowledge()));
    }
  }
}
