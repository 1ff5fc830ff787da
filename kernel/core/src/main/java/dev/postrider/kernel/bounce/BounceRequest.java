package dev.postrider.kernel.bounce;

import dev.postrider.plugin.Content;
import dev.postrider.plugin.EnhancedStatus;
import dev.postrider.plugin.Envelope;
import dev.postrider.plugin.Recipient;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a report has to tell.
 *
 * @param mailId the mail it is about
 * @param envelope of that mail
 * @param message of that mail
 * @param receivedAt when that mail came
 * @param kind what happened
 * @param recipients to whom it happened
 */
public record BounceRequest(
    String mailId,
    Envelope envelope,
    Content message,
    Instant receivedAt,
    Kind kind,
    List<Failed> recipients) {

  /** Copies the list. */
  public BounceRequest {
    recipients = List.copyOf(recipients);
  }

  /** The action field of the report (RFC 3464 §2.3.3). */
  public enum Kind {
    /** Given up. */
    FAILED,
    /** Late, still trying. */
    DELAYED,
    /** In the mailbox. */
    DELIVERED,
    /** Handed to a host that reports no further. */
    RELAYED
  }

  /**
   * One recipient.
   *
   * @param recipient as in the envelope
   * @param status its enhanced status
   * @param remoteHost who said so, empty when we did
   * @param diagnostic the remote reply, or our reason
   * @param retryUntil for {@link Kind#DELAYED}
   */
  public record Failed(
      Recipient recipient,
      EnhancedStatus status,
      Optional<String> remoteHost,
      String diagnostic,
      Optional<Instant> retryUntil) {}
}
