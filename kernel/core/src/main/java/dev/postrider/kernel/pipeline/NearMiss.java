package dev.postrider.kernel.pipeline;

import dev.postrider.plugin.Combination;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An entry that a mail came to and that did not apply: what was missing.
 *
 * @param step where
 * @param held how many conditions inside of its matcher did not stand against it
 * @param missing those that stood against it; empty where the matcher has nothing inside
 */
public record NearMiss(TraceStep step, int held, List<Condition> missing) {

  /** Copies the list. */
  public NearMiss {
    missing = List.copyOf(missing);
  }

  /** The entries that did not apply, the nearest first. */
  static List<NearMiss> of(List<TraceStep> steps, int limit) {
    return steps.stream()
        .filter(step -> step.matched().isEmpty() && step.outcome().isEmpty())
        .map(NearMiss::of)
        .sorted(Comparator.comparingInt(NearMiss::held).reversed())
        .limit(limit)
        .toList();
  }

  private static NearMiss of(TraceStep step) {
    List<Condition> leaves =
        step.conditions().stream()
            .flatMap(Condition::all)
            .filter(condition -> condition.parts().isEmpty())
            .toList();
    List<Condition> against = against(step.how(), step.conditions(), true);
    // Where nothing is known of how the answers combine, any of them may be the reason.
    return new NearMiss(step, leaves.size() - against.size(), against.isEmpty() ? leaves : against);
  }

  private static List<Condition> against(
      Optional<Combination> how, List<Condition> parts, boolean wanted) {
    boolean each = wanted != how.equals(Optional.of(Combination.NONE));
    return parts.stream()
        .filter(part -> part.matched().isEmpty() == each)
        .flatMap(
            part ->
                part.parts().isEmpty()
                    ? Stream.of(part)
                    : against(part.how(), part.parts(), each).stream())
        .toList();
  }

  /** A heading and a line for each; nothing where there is none. */
  public static List<String> lines(List<NearMiss> misses) {
    return misses.isEmpty()
        ? List.of()
        : Stream.concat(
                Stream.of("did not apply, the nearest first"),
                misses.stream().map(miss -> "  " + miss.text()))
            .toList();
  }

  /** One line for a person. */
  public String text() {
    String where = step.place() + "  " + step.entry();
    if (missing.isEmpty()) {
      return where + ": matched nobody";
    }
    List<String> reasons =
        missing.stream()
            .map(each -> each.text() + (each.matched().isEmpty() ? " did not match" : " matched"))
            .toList();
    return where + ": " + String.join(", ", reasons);
  }
}
