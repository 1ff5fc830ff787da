package dev.postrider.kernel.host.config;

/** What a listener speaks; the XML has the names in lower case. */
public enum Protocol {
  /** Mail from other hosts (RFC 5321). */
  SMTP,
  /** Mail from users (RFC 6409). */
  SUBMISSION,
  /** Mail from a local relay with an answer per recipient (RFC 2033). */
  LMTP,
  /** Fetching mail (RFC 1939). */
  POP3,
  /** Administration over HTTP. */
  ADMIN
}
