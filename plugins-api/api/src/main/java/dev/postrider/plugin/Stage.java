package dev.postrider.plugin;

/**
 * Where in its way a mail is looked at.
 *
 * @since 1.0
 */
public enum Stage {
  /** The peer has connected; no envelope, no message. */
  CONNECT,
  /** MAIL was given; no recipient, no message. */
  SENDER,
  /** One RCPT was given: the mail has just this recipient, no message. */
  RECIPIENT,
  /** Envelope and message are there, in a session or from the spool. */
  MESSAGE
}
