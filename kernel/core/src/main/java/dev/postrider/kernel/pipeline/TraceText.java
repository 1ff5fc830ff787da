package dev.postrider.kernel.pipeline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A trace as a tree: where a mail was split, each part's way is a branch. */
final class TraceText {
  private final List<TraceStep> steps;
  private final Map<Integer, List<Integer>> following = new HashMap<>();
  private final List<String> out = new ArrayList<>();

  TraceText(List<TraceStep> steps) {
    this.steps = steps;
    for (int i = 0; i < steps.size(); i++) {
      following.computeIfAbsent(steps.get(i).after(), none -> new ArrayList<>()).add(i);
    }
  }

  List<String> lines(Plan plan) {
    follow(-1, "", "");
    out.add("plan");
    plan.steps().forEach(step -> out.add("  " + Words.of(step)));
    return out;
  }

  private void follow(int from, String indent, String processor) {
    String in = processor;
    List<Integer> next = next(from);
    while (next.size() == 1) {
      int at = next.getFirst();
      in = show(steps.get(at), indent, in);
      next = next(at);
    }
    for (int part : next) {
      out.add(indent + "  for " + Trace.names(steps.get(part).recipients()));
      String inPart = show(steps.get(part), indent + "  | ", in);
      follow(part, indent + "  | ", inPart);
    }
  }

  private List<Integer> next(int step) {
    return following.getOrDefault(step, List.of());
  }

  private String show(TraceStep step, String indent, String processor) {
    if (!step.processor().equals(processor)) {
      out.add(indent + "processor " + step.processor());
    }
    out.add(
        indent
            + "  %s  %s  (%.3f ms)"
                .formatted(step.place(), step.entry(), step.took().toNanos() / 1_000_000.0));
    out.add(
        indent + "    " + matched(step) + (step.outcome().isEmpty() ? "" : ": " + step.outcome()));
    step.conditions().forEach(condition -> show(condition, step, indent + "      "));
    step.changes().forEach(change -> out.add(indent + "      " + change));
    return step.processor();
  }

  private void show(Condition condition, TraceStep step, String indent) {
    String answer =
        condition.matched().isEmpty()
            ? "no"
            : condition.matched().size() == step.recipients().size()
                ? "yes"
                : "for " + Trace.names(condition.matched());
    out.add(indent + "? " + condition.text() + ": " + answer);
    condition.parts().forEach(part -> show(part, step, indent + "  "));
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
    return "matches " + Trace.names(step.matched()) + " of " + step.recipients().size();
  }
}
