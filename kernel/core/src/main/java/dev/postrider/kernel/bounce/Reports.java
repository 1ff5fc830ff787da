package dev.postrider.kernel.bounce;

import java.util.Optional;

/** Writes delivery status notifications. Thread: any; may read the message, so it may block. */
@FunctionalInterface
public interface Reports {
  /**
   * The report that is due to the sender; empty where none is: the sender is the null path, or no
   * recipient of the request wants a report of this kind (RFC 3461 §4.1).
   */
  Optional<NewMail> report(BounceRequest request);
}
