package dev.postrider.kernel.host.pipeline;

import dev.postrider.kernel.host.pipeline.tests.TestReport;
import dev.postrider.kernel.pipeline.Pipeline;
import dev.postrider.kernel.problem.Problem;
import java.util.List;

/** What loading a pipeline came to. */
public sealed interface PipelineLoad {

  /** What was read and has no effect here, and what could not be proved, line by line. */
  List<Problem> notices();

  /** What its tests came to. */
  TestReport tests();

  /**
   * It can be used.
   *
   * @param tests what its tests came to; all passed
   */
  record Loaded(Pipeline pipeline, List<Problem> notices, TestReport tests)
      implements PipelineLoad {
    /** Copies the list. */
    public Loaded {
      notices = List.copyOf(notices);
    }
  }

  /**
   * It must not be used.
   *
   * @param problems at least one, in the order of the file
   * @param tests what its tests came to, where it was sound enough to run them
   */
  record Broken(List<Problem> problems, List<Problem> notices, TestReport tests)
      implements PipelineLoad {
    /** Copies the lists. */
    public Broken {
      problems = List.copyOf(problems);
      notices = List.copyOf(notices);
    }
  }
}
