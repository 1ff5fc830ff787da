package dev.postrider.kernel.pipeline.proof;

import dev.postrider.kernel.pipeline.Patience;
import dev.postrider.kernel.pipeline.Pipeline;
import dev.postrider.kernel.problem.Place;
import dev.postrider.kernel.problem.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Proves at load what can't happen in a pipeline: that a mail gets lost, goes round without end, is
 * relayed for a stranger, that a mail with the null sender causes a report, that a signed body is
 * changed. It relies on what the authors of matchers and mailets declare ({@code @Decides},
 * {@code @Does}); what they don't declare is a notice, not a problem.
 *
 * <p>Matchers and mailets whose declaration allows it are asked about mails made for the purpose;
 * nothing else of a plugin is called. Thread: any.
 */
public final class PipelineProof {

  private PipelineProof() {}

  /**
   * All problems and notices of a pipeline.
   *
   * @param file named where a problem has no line
   * @param trace the command that traces a mail through this pipeline, but for the mail; what can
   *     be seen so is shown with the options that make such a mail
   * @param patience for matchers and mailets that are asked; one that does not come back is a
   *     problem
   */
  public static Proven of(Pipeline pipeline, Place file, String trace, Patience patience) {
    Probes probes = new Probes(patience);
    Counterexamples examples = new Counterexamples(pipeline, trace, probes);
    List<Problem> problems = new ArrayList<>();
    List<Problem> notices = new ArrayList<>();
    Reached reached = Reached.of(pipeline);
    References.check(pipeline, file, problems);
    boolean complete = problems.isEmpty();
    Fates.check(pipeline, reached, problems);
    Circles.check(pipeline, reached, problems, notices);
    Copies.check(pipeline, probes, problems);
    Unreached.check(pipeline, problems);
    Strangers.check(pipeline, examples, file, problems, notices);
    NullSenders.check(pipeline, examples, file, problems, notices);
    Signatures.check(pipeline, probes, file, problems, notices);
    Stuck.check(pipeline, probes, problems);
    Undeclared.check(pipeline, reached, notices);
    return new Proven(complete, byLine(problems), byLine(notices));
  }

  private static List<Problem> byLine(List<Problem> all) {
    return all.stream()
        .distinct()
        .sorted(Comparator.comparingInt(problem -> problem.place().line()))
        .toList();
  }
}
