package dev.postrider.kernel.host.pipeline;

import dev.postrider.kernel.host.pipeline.tests.TestReport;
import dev.postrider.kernel.pipeline.Pipeline;
import dev.postrider.kernel.problem.Problem;
import java.util.List;
import java.util.Optional;

/** What loading a pipeline came to. */
public sealed interface PipelineLoad {

  /** What was read and has no effect here, and what could not be proved, line by line. */
  List<Problem> notices();

  /** What its tests came to. */
  TestReport tests();

  /** The pipeline, also where it must not be used; empty where it can't be read. */
  default Optional<Pipeline> asRead() {
    return switch (this) {
      case Loaded loaded -> Optional.of(loaded.pipeline());
      case Broken broken -> broken.readable();
    };
  }

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
   * @param tests what its tests came to; {@link TestReport#NONE} where they can't be read
   * @param readable what was read, where it is only that the proofs or the tests refuse it; to be
   *     looked at, and for no mail
   */
  record Broken(
      List<Problem> problems, List<Problem> notices, TestReport tests, Optional<Pipeline> readable)
      implements PipelineLoad {
    /** Copies the lists. */
    public Broken {
      problems = List.copyOf(problems);
      notices = List.copyOf(notices);
    }
  }
}
