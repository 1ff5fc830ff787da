package dev.postrider.kernel.pipeline;

import dev.postrider.kernel.problem.Place;
import java.util.List;

/**
 * A named list of entries.
 *
 * @param name {@code state} in the XML
 * @param place where it is written
 * @param entries in their order
 */
public record Processor(String name, Place place, List<Entry> entries) {

  /** Copies the list. */
  public Processor {
    entries = List.copyOf(entries);
  }
}
