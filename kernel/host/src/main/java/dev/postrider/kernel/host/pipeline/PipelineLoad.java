package dev.postrider.kernel.host.pipeline;

import dev.postrider.kernel.pipeline.Pipeline;
import dev.postrider.kernel.problem.Problem;
import java.util.List;

/** What loading a pipeline came to. */
public sealed interface PipelineLoad {

  /** What was read and has no effect here, line by line. */
  List<Problem> notices();

  /** It can be used. */
  record Loaded(Pipeline pipeline, List<Problem> notices) implements PipelineLoad {
    /** Copies the list. */
    public Loaded {
      notices = List.copyOf(notices);
    }
  }

  /**
   * It must not be used.
   *
   * @param problems at least one, in the order of the file
   */
  record Broken(List<Problem> problems, List<Problem> notices) implements PipelineLoad {
    /** Copies the lists. */
    public Broken {
      problems = List.copyOf(problems);
      notices = List.copyOf(notices);
    }
  }
}
