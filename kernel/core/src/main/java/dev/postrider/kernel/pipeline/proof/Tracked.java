package dev.postrider.kernel.pipeline.proof;

import dev.postrider.kernel.pipeline.Criterion;
import dev.postrider.kernel.pipeline.Entry;
import dev.postrider.kernel.pipeline.Pipeline;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The criteria of a pipeline, and which matchers it asks more than once. */
final class Tracked {

  // Each doubles what a search may have to look at.
  private static final int LIMIT = 8;

  private Tracked() {}

  static Set<String> of(Pipeline pipeline) {
    Map<String, Integer> counts = new HashMap<>();
    criteria(pipeline)
        .flatMap(criterion -> text(criterion).stream())
        .forEach(text -> counts.merge(text, 1, Integer::sum));
    return counts.entrySet().stream()
        .filter(each -> each.getValue() > 1)
        .map(Map.Entry::getKey)
        .sorted()
        .limit(LIMIT)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** All criteria, with those of which others are made. */
  static Stream<Criterion> criteria(Pipeline pipeline) {
    return pipeline.processors().values().stream()
        .flatMap(processor -> processor.entries().stream())
        .flatMap(Tracked::criteria);
  }

  /** Those of one entry. */
  static Stream<Criterion> criteria(Entry entry) {
    return withParts(entry.criterion());
  }

  private static Stream<Criterion> withParts(Criterion criterion) {
    return criterion instanceof Criterion.Combined(var _, var parts)
        ? parts.stream().flatMap(Tracked::withParts)
        : Stream.of(criterion);
  }

  static List<String> text(Criterion criterion) {
    return switch (criterion) {
      case Criterion.Decided decided -> List.of(decided.text());
      case Criterion.Unsaid(var text) -> List.of(text);
      case Criterion.Always _, Criterion.Combined _ -> List.of();
    };
  }
}
