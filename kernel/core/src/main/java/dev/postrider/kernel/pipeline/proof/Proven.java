package dev.postrider.kernel.pipeline.proof;

import dev.postrider.kernel.problem.Problem;
import java.util.List;

/**
 * What the proofs of a pipeline came to, by line.
 *
 * @param problems what was shown to go wrong; none when the pipeline may be used
 * @param complete whether every processor that is needed or named is there; where not, mails go
 *     nowhere for this one reason
 * @param notices what could not be proved, and what ends only by a limit of the server
 */
public record Proven(boolean complete, List<Problem> problems, List<Problem> notices) {
  /** Copies the lists. */
  public Proven {
    problems = List.copyOf(problems);
    notices = List.copyOf(notices);
  }
}
