package dev.postrider.kernel.host.config;

/** When a listener's connections are encrypted; the XML has the names in lower case. */
public enum TlsMode {
  /** Never. */
  NONE,
  /** When the peer asks for it (STARTTLS, STLS). */
  STARTTLS,
  /** From the first octet (RFC 8314). */
  IMPLICIT
}
