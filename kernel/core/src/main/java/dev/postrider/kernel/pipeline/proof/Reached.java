package dev.postrider.kernel.pipeline.proof;

import dev.postrider.kernel.pipeline.Entry;
import dev.postrider.kernel.pipeline.Pipeline;
import dev.postrider.kernel.pipeline.Processor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The processors into which a mail can come, each with a shortest way there.
 *
 * @param ways by processor
 */
record Reached(Map<String, Way> ways) {

  private static final List<String> STARTS =
      List.of(
          Pipeline.ROOT,
          Pipeline.ERROR,
          Pipeline.BOUNCES,
          Pipeline.MESSAGE,
          Pipeline.CONNECT,
          Pipeline.SENDER,
          Pipeline.RECIPIENT);

  /** How a mail comes into a processor; no entry for where a mail starts. */
  record Way(@Nullable Way before, String processor, @Nullable Entry by) {

    /** Processors, and the entries between them. */
    List<String> steps() {
      Deque<String> parts = new ArrayDeque<>();
      for (Way at = this; at != null; at = at.before()) {
        parts.addFirst(at.processor());
        if (at.by() != null) {
          parts.addFirst(Endings.shown(at.by()));
        }
      }
      return new ArrayList<>(parts);
    }
  }

  static Reached of(Pipeline pipeline) {
    Map<String, Way> reached = new HashMap<>();
    Deque<Way> open = new ArrayDeque<>();
    STARTS.forEach(name -> open.add(new Way(null, name, null)));
    while (!open.isEmpty()) {
      Way way = open.poll();
      Optional<Processor> processor = pipeline.processor(way.processor());
      if (processor.isPresent() && reached.putIfAbsent(way.processor(), way) == null) {
        for (Entry entry : processor.get().entries()) {
          Endings.exits(entry).forEach(target -> open.add(new Way(way, target.name(), entry)));
          if (Endings.alwaysEnds(entry)) {
            break;
          }
        }
      }
    }
    return new Reached(reached);
  }

  boolean contains(Processor processor) {
    return ways.containsKey(processor.name());
  }

  Collection<Way> all() {
    return ways.values();
  }
}
