package dev.postrider.kernel.pipeline.proof;

import dev.postrider.kernel.pipeline.Criterion;
import dev.postrider.kernel.pipeline.Entry;
import dev.postrider.kernel.pipeline.Pipeline;
import dev.postrider.kernel.pipeline.Processor;
import dev.postrider.plugin.Fact;
import dev.postrider.plugin.ProcessorName;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What may still be asked from a place on. What nobody asks any more is forgotten, so that paths
 * that differ in nothing else are one again.
 *
 * @param later for each processor and index: what the entries from there on and all that they lead
 *     to may ask
 */
record Asked(Map<String, List<Questions>> later) {

  /**
   * Matchers, by their text.
   *
   * @param attributes whether one of them asks for attributes
   */
  private record Questions(Set<String> matchers, boolean attributes) {

    static Questions of(List<Entry> entries) {
      List<Criterion> criteria = entries.stream().flatMap(Tracked::criteria).toList();
      Set<String> texts = new HashSet<>();
      criteria.forEach(each -> texts.addAll(Tracked.text(each)));
      return new Questions(
          texts,
          criteria.stream()
              .anyMatch(
                  each ->
                      each instanceof Criterion.Decided decided
                          && decided.fact() == Fact.ATTRIBUTE));
    }
  }

  static Asked of(Pipeline pipeline) {
    Map<String, List<Questions>> later = new HashMap<>();
    for (Processor processor : pipeline.processors().values()) {
      List<Questions> each = new ArrayList<>();
      for (int i = 0; i <= processor.entries().size(); i++) {
        List<Entry> rest = processor.entries().subList(i, processor.entries().size());
        each.add(Questions.of(reached(pipeline, processor, rest)));
      }
      later.put(processor.name(), each);
    }
    return new Asked(later);
  }

  private static List<Entry> reached(Pipeline pipeline, Processor from, List<Entry> rest) {
    List<Entry> all = new ArrayList<>(rest);
    Set<String> seen = new HashSet<>();
    Deque<ProcessorName> open = new ArrayDeque<>();
    rest.forEach(entry -> open.addAll(Endings.exits(entry)));
    if (from.name().equals(Pipeline.MESSAGE)) {
      open.add(new ProcessorName(Pipeline.ROOT));
    }
    while (!open.isEmpty()) {
      String name = open.poll().name();
      if (seen.add(name)) {
        if (name.equals(Pipeline.MESSAGE)) {
          open.add(new ProcessorName(Pipeline.ROOT));
        }
        for (Entry entry : pipeline.processor(name).map(Processor::entries).orElse(List.of())) {
          all.add(entry);
          open.addAll(Endings.exits(entry));
        }
      }
    }
    return all;
  }

  /** What is worth knowing at a place. */
  Knowledge worth(PathSearch.State state) {
    List<Questions> here = later.getOrDefault(state.processor(), List.of());
    if (state.index() >= here.size()) {
      return state.knowledge();
    }
    Questions asked = here.get(state.index());
    return state.knowledge().only(asked.matchers(), asked.attributes());
  }
}
