package dev.postrider.kernel.host.config;

import dev.postrider.kernel.problem.Problem;
import java.util.List;

/** What reading the configuration came to. */
public sealed interface ConfigResult {

  /** All is well. */
  record Valid(ServerConfig config) implements ConfigResult {}

  /**
   * The server must not start with it.
   *
   * @param problems at least one, in the order of the file
   */
  record Invalid(List<Problem> problems) implements ConfigResult {
    /** Copies the list. */
    public Invalid {
      problems = List.copyOf(problems);
    }
  }
}
