package dev.postrider.kernel.pipeline;

import dev.postrider.plugin.Recipient;
import java.util.ArrayList;
import java.util.List;

/**
 * Each step of a run, for people.
 *
 * @param steps in the order they were worked off; a mail that was split has a sequence of steps for
 *     each part
 */
public record Trace(List<TraceStep> steps) {
  /** Of a run that was not traced. */
  public static final Trace NONE = new Trace(List.of());

  private static final int SHOWN = 5;

  /** Copies the list. */
  public Trace {
    steps = List.copyOf(steps);
  }

  /** The steps, then the plan, as lines of text. */
  public List<String> lines(Plan plan) {
    List<String> out = new ArrayList<>();
    String processor = "";
    for (TraceStep step : steps) {
      if (!step.processor().equals(processor)) {
        processor = step.processor();
        out.add("processor " + processor);
      }
      out.add(
          "  %s  %s  (%.3f ms)"
              .formatted(step.place(), step.entry(), step.took().toNanos() / 1_000_000.0));
      out.add("    " + matched(step) + (step.outcome().isEmpty() ? "" : ": " + step.outcome()));
      step.changes().forEach(change -> out.add("      " + change));
    }
    out.add("plan");
    plan.steps().forEach(step -> out.add("  " + Words.of(step)));
    return out;
  }

  private static String matched(TraceStep step) {
    if (step.matched().isEmpty()) {
      return "matches nobody";
    }
    if (step.matched().size() == step.recipients().size()) {
      return step.recipients().size() == 1
          ? "matches " + step.recipients().getFirst()
          : "matches all " + step.recipients().size();
    }
    return "matches " + names(step.matched()) + " of " + step.recipients().size();
  }

  static String names(List<Recipient> recipients) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < recipients.size() && i < SHOWN; i++) {
      out.append(i == 0 ? "" : ", ").append(recipients.get(i));
    }
    int more = recipients.size() - SHOWN;
    return more > 0 ? out.append(" and ").append(more).append(" more").toString() : out.toString();
  }
}
