package dev.postrider.kernel.host.pipeline.tests;

import dev.postrider.kernel.pipeline.Condition;
import dev.postrider.kernel.pipeline.Entry;
import dev.postrider.kernel.pipeline.Pipeline;
import dev.postrider.kernel.pipeline.Processor;
import dev.postrider.kernel.pipeline.TraceStep;
import dev.postrider.kernel.pipeline.Way;
import dev.postrider.kernel.problem.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which branches of a pipeline the tests took.
 *
 * @param branches each side of each matcher, in the order of the file
 */
public record Coverage(List<Branch> branches) {

  /** Copies the list. */
  public Coverage {
    branches = List.copyOf(branches);
  }

  /**
   * One side of a matcher.
   *
   * @param place where the matcher is written
   * @param processor whose
   * @param text the entry, or the condition inside of its matcher
   * @param matches whether it is the side on which it matches
   * @param mails how many mails of the tests took it
   */
  public record Branch(Place place, String processor, String text, boolean matches, int mails) {
    @Override
    public String toString() {
      return "%s  %s  %s: %s"
          .formatted(place, processor, text, matches ? "never matched" : "always matched");
    }
  }

  /** Those that no test takes. */
  public List<Branch> open() {
    return branches.stream().filter(branch -> branch.mails() == 0).toList();
  }

  private record Key(Place place, String processor, String text, boolean matches) {}

  static Coverage of(Pipeline pipeline, List<Way> ways) {
    Map<Key, Integer> counts = new HashMap<>();
    Map<Place, List<String>> inside = new HashMap<>();
    ways.stream()
        .flatMap(way -> way.legs().stream())
        .flatMap(leg -> leg.run().trace().steps().stream())
        .forEach(step -> count(step, counts, inside));
    List<Branch> branches = new ArrayList<>();
    for (Processor processor : pipeline.processors().values()) {
      for (Entry entry : processor.entries()) {
        add(entry.place(), processor.name(), entry.toString(), true, counts, branches);
        if (!entry.matchesEverything()) {
          add(entry.place(), processor.name(), entry.toString(), false, counts, branches);
        }
        for (String condition : inside.getOrDefault(entry.place(), List.of())) {
          add(entry.place(), processor.name(), condition, true, counts, branches);
          add(entry.place(), processor.name(), condition, false, counts, branches);
        }
      }
    }
    return new Coverage(branches);
  }

  private static void add(
      Place place,
      String processor,
      String text,
      boolean matches,
      Map<Key, Integer> counts,
      List<Branch> into) {
    int mails = counts.getOrDefault(new Key(place, processor, text, matches), 0);
    into.add(new Branch(place, processor, text, matches, mails));
  }

  private static void count(
      TraceStep step, Map<Key, Integer> counts, Map<Place, List<String>> inside) {
    boolean all = step.matched().size() == step.recipients().size();
    sides(step, step.entry(), !step.matched().isEmpty(), !all, counts);
    step.conditions().stream()
        .flatMap(Condition::all)
        .forEach(
            condition -> {
              String text = condition.text() + " in line " + condition.place().line();
              List<String> known = inside.computeIfAbsent(step.place(), none -> new ArrayList<>());
              if (!known.contains(text)) {
                known.add(text);
              }
              boolean every = condition.matched().size() == step.recipients().size();
              sides(step, text, !condition.matched().isEmpty(), !every, counts);
            });
  }

  private static void sides(
      TraceStep step, String text, boolean matched, boolean missed, Map<Key, Integer> counts) {
    if (matched) {
      counts.merge(new Key(step.place(), step.processor(), text, true), 1, Integer::sum);
    }
    if (missed) {
      counts.merge(new Key(step.place(), step.processor(), text, false), 1, Integer::sum);
    }
  }
}
