package dev.postrider.kernel.spool;

import dev.postrider.kernel.store.StoredMessage;
import dev.postrider.plugin.Client;
import dev.postrider.plugin.Envelope;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A mail in the spool.
 *
 * @param id the mail's id; mail split off by a run that was held or deferred has an id of its own
 * @param client who handed it in
 * @param envelope with the recipients that still wait for their fate
 * @param message where its octets are
 * @param attributes notes of mailets
 * @param processor where the next run starts
 * @param receivedAt when it came in
 * @param attempts runs that ended in a deferral so far
 * @param nextAttempt not to be run before
 * @param held why it waits for an admin; empty where it does not
 */
public record SpoolEntry(
    String id,
    Client client,
    Envelope envelope,
    StoredMessage message,
    Map<String, String> attributes,
    String processor,
    Instant receivedAt,
    int attempts,
    Instant nextAttempt,
    Optional<String> held) {

  /** Copies the attributes. */
  public SpoolEntry {
    attributes = Map.copyOf(attributes);
  }
}
