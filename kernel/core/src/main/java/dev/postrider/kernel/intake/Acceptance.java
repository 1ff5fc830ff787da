package dev.postrider.kernel.intake;

import dev.postrider.plugin.Recipient;
import dev.postrider.plugin.Status;
import java.util.Map;

/** The answer to end-of-data. */
public sealed interface Acceptance {

  /**
   * The mail is on stable storage and in our care. In SMTP all recipients share this answer: those
   * that the pipeline refused get their fate by a bounce unless {@code refused} tells the peer.
   *
   * @param mailId names the mail for the peer's log
   * @param refused statuses of single recipients for a protocol that can tell them (LMTP, RFC 2033
   *     §4.2); for SMTP always empty
   */
  record Accepted(String mailId, Map<Recipient, Status> refused) implements Acceptance {
    /** Copies the map. */
    public Accepted {
      refused = Map.copyOf(refused);
    }
  }

  /** Nothing was kept; the peer still has the mail. */
  record Refused(Status status) implements Acceptance {}

  /**
   * Whether the mail was kept is not known. Any reply might be a lie, so the connection is closed
   * without one (RFC 1047 says what the peer makes of that).
   */
  record Unclear() implements Acceptance {}
}
