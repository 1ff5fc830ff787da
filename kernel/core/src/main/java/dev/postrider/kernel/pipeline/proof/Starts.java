package dev.postrider.kernel.pipeline.proof;

import dev.postrider.kernel.pipeline.Pipeline;
import dev.postrider.kernel.problem.Place;
import dev.postrider.kernel.problem.Problem;
import dev.postrider.plugin.Action;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Where mail starts on its way. */
final class Starts {

  private Starts() {}

  static String fromOutside(Pipeline pipeline) {
    return pipeline.processor(Pipeline.MESSAGE).isPresent() ? Pipeline.MESSAGE : Pipeline.ROOT;
  }

  /** For mail from outside and for mail with the null sender that was made here. */
  static Map<String, Knowledge> all(Pipeline pipeline, Knowledge knowledge) {
    Map<String, Knowledge> starts = new HashMap<>();
    starts.put(fromOutside(pipeline), knowledge);
    if (pipeline.processor(Pipeline.BOUNCES).isPresent()) {
      starts.put(Pipeline.BOUNCES, knowledge);
    }
    return starts;
  }

  /** Whether any entry may do one of these, so that a search is worth its time. */
  static boolean anyDoes(Pipeline pipeline, Action... actions) {
    return pipeline.processors().values().stream()
        .flatMap(processor -> processor.entries().stream())
        .anyMatch(entry -> Stream.of(actions).anyMatch(entry.does().orElse(Set.of())::contains));
  }

  /** For a search that was broken off. */
  static Problem tooLarge(Place file, String claim) {
    return new Problem(
        file,
        "the pipeline has more than "
            + PathSearch.STATE_LIMIT
            + " kinds of paths; it is not proved that "
            + claim,
        "split processors, or ask fewer different matchers");
  }
}
