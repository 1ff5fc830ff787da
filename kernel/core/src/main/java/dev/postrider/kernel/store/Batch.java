package dev.postrider.kernel.store;

import java.util.List;

/**
 * Changes that become durable together or not at all, in their order.
 *
 * @param changes at least one
 */
public record Batch(List<Change> changes) {

  /** Copies the list. */
  public Batch {
    changes = List.copyOf(changes);
  }

  /** A batch of these. */
  public static Batch of(Change... changes) {
    return new Batch(List.of(changes));
  }
}
