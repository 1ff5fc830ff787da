package dev.postrider.kernel.pipeline;

import java.util.ArrayList;
import java.util.List;

/**
 * One run of those that a mail's way is made of.
 *
 * @param processor where it began; {@code message} for the pipeline itself, whether or not there is
 *     such a processor
 * @param run what it came to; traced
 */
public record Leg(String processor, PipelineRun run) {

  /** Whether it belongs to the dialogue before the message. */
  public boolean inSession() {
    return !processor.equals(Pipeline.MESSAGE);
  }

  /** Whether it is a part of the dialogue in which nothing was decided: the session goes on. */
  public boolean allows() {
    return inSession() && run.plan().steps().isEmpty();
  }

  /** Whether the session does not go on. */
  boolean ends() {
    return run.plan().steps().stream().anyMatch(Leg::ends);
  }

  private static boolean ends(Plan.Step step) {
    return switch (step) {
      case Plan.Step.Refuse _, Plan.Step.Defer _, Plan.Step.Hold _, Plan.Step.Discard _ -> true;
      case Plan.Step.Deliver _, Plan.Step.Relay _, Plan.Step.Bounce _, Plan.Step.Emit _ -> false;
    };
  }

  /** As lines of text: the steps, and the plan or that the session goes on. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>(run.trace().lines(run.plan()));
    if (allows()) {
      lines.removeLast();
      lines.add("processor " + processor + " allows it");
    }
    return lines;
  }
}
