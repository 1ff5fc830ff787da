package dev.postrider.kernel.pipeline;

import dev.postrider.plugin.Client;
import dev.postrider.plugin.Message;
import dev.postrider.plugin.Recipient;
import dev.postrider.plugin.ReversePath;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A mail as a peer would hand it in.
 *
 * @param id of the mail
 * @param client the peer
 * @param sender the reverse path
 * @param recipients at least one
 * @param message header and body
 * @param attributes notes that the mail already has; usually none
 * @param at when
 */
public record Arrival(
    String id,
    Client client,
    ReversePath sender,
    List<Recipient> recipients,
    Message message,
    Map<String, String> attributes,
    Instant at) {

  /** Copies, and looks whether there is a recipient. */
  public Arrival {
    recipients = List.copyOf(recipients);
    attributes = Map.copyOf(attributes);
    if (recipients.isEmpty()) {
      throw new IllegalArgumentException("a mail needs at least one recipient");
    }
  }
}
