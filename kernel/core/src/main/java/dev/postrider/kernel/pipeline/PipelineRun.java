package dev.postrider.kernel.pipeline;

import dev.postrider.plugin.Mail;
import java.util.List;

/**
 * What a run came to. Nothing of it has happened yet.
 *
 * @param plan what was decided
 * @param passed what fell off the end of a session processor: allowed to go on
 * @param trace each step on the way; empty unless it was asked for
 */
public record PipelineRun(Plan plan, List<Mail> passed, Trace trace) {
  /** Copies the list. */
  public PipelineRun {
    passed = List.copyOf(passed);
  }
}
