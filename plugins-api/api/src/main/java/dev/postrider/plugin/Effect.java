package dev.postrider.plugin;

/**
 * Something that shall happen when the run of a pipeline is committed.
 *
 * @since 1.0
 */
public sealed interface Effect {

  /**
   * Put the mail into a folder of each recipient's mailbox; aliases and groups are followed.
   *
   * @param mail what to deliver to whom
   * @param folder {@code INBOX} or another name, levels separated by {@code /}
   */
  record Deliver(Mail mail, String folder) implements Effect {}

  /**
   * Send the mail to each recipient's domain or through a fixed host.
   *
   * @param mail what to send to whom
   * @param route where to
   */
  record Relay(Mail mail, Route route) implements Effect {}

  /**
   * Report to the sender that these recipients can't be reached (RFC 3464); nothing is sent where
   * the sender is null or did not want a report.
   *
   * @param mail whose recipients failed
   * @param status of class 5
   */
  record Bounce(Mail mail, Status status) implements Effect {}

  /**
   * Send a new mail; it starts at processor {@code root} with a fresh id.
   *
   * @param mail its envelope and message count, id and client don't
   */
  record Emit(Mail mail) implements Effect {}
}
