package dev.postrider.plugin;

import java.io.IOException;
import java.util.List;

/**
 * Work of a plugin that an administrator starts by name, in the running server or beside it while
 * none runs. Has one public constructor, which takes services only.
 *
 * <p>Thread: one instance for each run, used by one virtual thread. Time: the administrator waits;
 * less than a minute. At a deadline that is configured (ten minutes) it is interrupted, and nobody
 * waits for its answer any more. Ownership: input streams are closed by the job. Failure: an {@link
 * IllegalArgumentException} tells the administrator what can't be right, any other exception is a
 * fault of the plugin.
 *
 * @since 1.1
 */
@FunctionalInterface
public interface Job {

  /**
   * Runs to its end.
   *
   * @param arguments words that say what to do
   * @param input octets to do it with; may be empty
   * @return what came of it: text of any number of lines
   * @throws IOException when the input can't be read
   */
  String run(List<String> arguments, Content input) throws IOException;
}
