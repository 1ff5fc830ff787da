package dev.postrider.kernel.pipeline.proof;

import dev.postrider.kernel.pipeline.Entry;
import dev.postrider.kernel.pipeline.OnException;
import dev.postrider.kernel.pipeline.Pipeline;
import dev.postrider.kernel.pipeline.PipelinePolicy;
import dev.postrider.kernel.pipeline.Processor;
import dev.postrider.kernel.problem.Problem;
import dev.postrider.plugin.ProcessorName;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * No mail goes round in a circle from which there is no way out. A circle that some mail may take
 * is a notice: the engine counts the rounds and holds the mail.
 */
final class Circles {

  private record Step(@Nullable Step before, String processor, @Nullable Entry by) {}

  private final Pipeline pipeline;
  private final Set<String> told = new HashSet<>();

  private Circles(Pipeline pipeline) {
    this.pipeline = pipeline;
  }

  static void check(
      Pipeline pipeline, Reached reached, List<Problem> problems, List<Problem> notices) {
    Circles circles = new Circles(pipeline);
    circles.sure(problems);
    circles.possible(reached, notices);
  }

  private void sure(List<Problem> problems) {
    for (Processor start : pipeline.processors().values()) {
      List<String> path = new ArrayList<>();
      Optional<Processor> at = Optional.of(start);
      while (at.isPresent() && !path.contains(at.get().name())) {
        path.add(at.get().name());
        at = Endings.surelyNext(pipeline, at.get());
      }
      if (at.isPresent() && at.get().name().equals(start.name()) && told.addAll(path)) {
        path.add(start.name());
        Entry entry = start.entries().stream().filter(Endings::isJump).findFirst().orElseThrow();
        problems.add(
            new Problem(
                entry.place(),
                "mail goes round in a circle: " + String.join(" → ", path),
                "let one of these processors end with a decision"));
      }
    }
  }

  private void possible(Reached reached, List<Problem> notices) {
    for (Processor start : pipeline.processors().values()) {
      if (!told.contains(start.name()) && reached.contains(start)) {
        back(start).ifPresent(last -> tell(last, notices));
      }
    }
  }

  private Optional<Step> back(Processor start) {
    Set<String> seen = new HashSet<>();
    Deque<Step> open = new ArrayDeque<>(List.of(new Step(null, start.name(), null)));
    while (!open.isEmpty()) {
      Step step = open.poll();
      for (Entry entry : entries(step.processor())) {
        for (ProcessorName target : written(entry, step.processor())) {
          Step next = new Step(step, target.name(), entry);
          if (target.name().equals(start.name())) {
            return Optional.of(next);
          }
          if (!told.contains(target.name()) && seen.add(target.name())) {
            open.add(next);
          }
        }
      }
    }
    return Optional.empty();
  }

  private void tell(Step last, List<Problem> notices) {
    Deque<String> parts = new ArrayDeque<>();
    Entry first = null;
    for (Step at = last; at != null; at = at.before()) {
      told.add(at.processor());
      parts.addFirst(at.processor());
      if (at.by() != null) {
        first = at.by();
        parts.addFirst(Endings.shown(at.by()));
      }
    }
    if (first != null) {
      notices.add(
          new Problem(
              first.place(),
              "mail may go round in a circle: " + String.join(" → ", parts),
              "it is held when it went to another processor more than "
                  + PipelinePolicy.defaults().hopLimit()
                  + " times"));
    }
  }

  private List<Entry> entries(String processor) {
    List<Entry> out = new ArrayList<>();
    for (Entry entry : pipeline.processor(processor).map(Processor::entries).orElse(List.of())) {
      out.add(entry);
      if (Endings.alwaysEnds(entry)) {
        break;
      }
    }
    return out;
  }

  // What every entry does without a word of the admin is no circle that one could break up, and a
  // mail that fails is held where it would go on in the same processor.
  private static List<ProcessorName> written(Entry entry, String processor) {
    List<ProcessorName> out = new ArrayList<>(Endings.exits(entry));
    if (OnException.standard() instanceof OnException.GoTo(var usual)) {
      out.removeIf(
          name ->
              (name.equals(usual) || name.name().equals(processor))
                  && !entry.targets().contains(name));
    }
    return out;
  }
}
