package dev.postrider.plugin;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * One mail on its way: envelope, message and what is known about it. Immutable: each {@code with…}
 * makes another mail and shares all that did not change.
 *
 * <p>A matcher sees all recipients that are still on this path; a mailet sees those that matched.
 *
 * @param id names the mail in logs, ledger and queue; the same for all its recipients
 * @param stage where in its way it is looked at
 * @param client who handed it in
 * @param envelope sender and recipients
 * @param message header and body; empty before the stage MESSAGE
 * @param attributes notes that mailets leave for later ones, by name; names are {@code
 *     plugin.name}-like, values at most 8 KiB
 * @param receivedAt when it came in
 * @since 1.0
 */
public record Mail(
    String id,
    Stage stage,
    Client client,
    Envelope envelope,
    Message message,
    Map<String, String> attributes,
    Instant receivedAt) {

  /**
   * The attribute that a check sets, to any value, where it found that the sender did not send the
   * mail: whatever becomes of it, the server sends no report to that address.
   *
   * @since 1.1
   */
  public static final String FORGED_SENDER = "sender.forged";

  /**
   * The attribute that a check sets, to any value, where it found that the sending host may use the
   * sender's domain: what the host sends is no longer counted together with what others send in
   * that name.
   *
   * @since 1.1
   */
  public static final String PROVEN_SENDER = "sender.proven";

  /** Copies the attributes. */
  public Mail {
    attributes = Map.copyOf(attributes);
  }

  /** The reverse path. */
  public ReversePath sender() {
    return envelope.sender();
  }

  /** The recipients of the envelope. */
  public List<Recipient> recipients() {
    return envelope.recipients();
  }

  /** All recipients: what a matcher returns when the mail as a whole matches. */
  public Set<Recipient> all() {
    return Set.copyOf(recipients());
  }

  /** No recipient: what a matcher returns when the mail as a whole does not match. */
  public Set<Recipient> none() {
    return Set.of();
  }

  /** All recipients where the condition holds for the mail, none otherwise. */
  public Set<Recipient> allIf(boolean condition) {
    return condition ? all() : none();
  }

  /** The recipients of which the condition holds. */
  public Set<Recipient> recipientsIf(Predicate<Recipient> condition) {
    return recipients().stream().filter(condition).collect(Collectors.toUnmodifiableSet());
  }

  /** An attribute's value. */
  public Optional<String> attribute(String name) {
    return Optional.ofNullable(attributes.get(name));
  }

  /** The same mail for other recipients. */
  public Mail withRecipients(List<Recipient> recipients) {
    return withEnvelope(envelope.withRecipients(recipients));
  }

  /** The same mail with another envelope. */
  public Mail withEnvelope(Envelope other) {
    return new Mail(id, stage, client, other, message, attributes, receivedAt);
  }

  /** The same mail with another message. */
  public Mail withMessage(Message other) {
    return new Mail(id, stage, client, envelope, other, attributes, receivedAt);
  }

  /** The same mail with edited header fields; the body is shared. */
  public Mail withHeaders(UnaryOperator<Headers> edit) {
    return withMessage(message.withHeaders(edit));
  }

  /** The same mail with an attribute set. */
  public Mail withAttribute(String name, String value) {
    Map<String, String> out = new HashMap<>(attributes);
    out.put(name, value);
    return new Mail(id, stage, client, envelope, message, out, receivedAt);
  }
}
