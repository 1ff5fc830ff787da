package dev.postrider.kernel.spool;

import dev.postrider.plugin.Mail;

/**
 * Where the mail of a plan came from.
 *
 * @param mail as the run began
 * @param octets of that mail
 * @param processor where the run began
 * @param answering whether a peer waits for the answer
 * @param spooled whether the mail has an entry in the spool, which ends with the commit
 * @param attempts runs that ended in a deferral so far
 */
public record Origin(
    Mail mail,
    Octets octets,
    String processor,
    Answering answering,
    boolean spooled,
    int attempts) {

  /** Whether and how refusals can be told to the peer that handed the mail in. */
  public enum Answering {
    /** Nobody waits; refusals become bounces, deferrals another run. */
    NOBODY,
    /** One answer for all recipients (SMTP). */
    ONE_FOR_ALL,
    /** An answer for each recipient (LMTP, RFC 2033 §4.2). */
    EACH
  }

  /** A mail that just came in. */
  public static Origin session(Mail mail, Octets octets, String processor, Answering answering) {
    return new Origin(mail, octets, processor, answering, false, 0);
  }

  /** A mail from the spool. */
  public static Origin spool(Mail mail, Octets octets, SpoolEntry entry) {
    return new Origin(mail, octets, entry.processor(), Answering.NOBODY, true, entry.attempts());
  }
}
