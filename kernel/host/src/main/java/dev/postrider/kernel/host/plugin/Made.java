package dev.postrider.kernel.host.plugin;

import dev.postrider.plugin.ProcessorName;
import java.util.List;

/**
 * A matcher or mailet, ready for use.
 *
 * @param instance itself
 * @param targets processors named in its parameters
 */
public record Made<T>(T instance, List<ProcessorName> targets) {

  /** Copies the list. */
  public Made {
    targets = List.copyOf(targets);
  }
}
