package dev.postrider.plugin;

import java.util.List;
import java.util.Optional;

/**
 * What goes with the message but is not part of it (RFC 5321 §2.3.1, RFC 3461).
 *
 * @param sender the reverse path
 * @param recipients in the order given
 * @param envelopeId the {@code ENVID} as sent (xtext), where given
 * @param returnContent the {@code RET} wish
 * @param bodyType the {@code BODY} declaration
 * @param smtpUtf8 whether the sender asked for SMTPUTF8 (RFC 6531)
 * @since 1.0
 */
public record Envelope(
    ReversePath sender,
    List<Recipient> recipients,
    Optional<String> envelopeId,
    ReturnContent returnContent,
    BodyType bodyType,
    boolean smtpUtf8) {

  /** Copies the list. */
  public Envelope {
    recipients = List.copyOf(recipients);
  }

  /** An envelope without any extension. */
  public static Envelope of(ReversePath sender, List<Recipient> recipients) {
    return new Envelope(
        sender, recipients, Optional.empty(), ReturnContent.UNSTATED, BodyType.SEVEN_BIT, false);
  }

  /** The same with other recipients. */
  public Envelope withRecipients(List<Recipient> others) {
    return new Envelope(sender, others, envelopeId, returnContent, bodyType, smtpUtf8);
  }

  /** The same with another reverse path. */
  public Envelope withSender(ReversePath other) {
    return new Envelope(other, recipients, envelopeId, returnContent, bodyType, smtpUtf8);
  }
}
