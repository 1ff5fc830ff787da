package dev.postrider.protocol.smtp.server;

/** What a listener is for. */
public enum SmtpProfile {
  /** Mail from other servers, port 25. */
  SERVER,
  /** Mail from users, ports 587 and 465 (RFC 6409, RFC 8314); a login comes before MAIL. */
  SUBMISSION,
  /** Mail from another server to local mailboxes, one answer per recipient (RFC 2033). */
  LMTP
}
