package dev.postrider.kernel.admin;

import dev.postrider.plugin.Content;
import java.util.List;

/**
 * Runs work of plugins that an administrator asks for. Thread: any; blocks for as long as it takes.
 */
@FunctionalInterface
public interface Jobs {

  /**
   * Runs a job to its end; its text is the answer's.
   *
   * @param name the simple name of its class
   */
  AdminAnswer run(String name, List<String> arguments, Content input);
}
