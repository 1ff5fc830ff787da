package dev.postrider.protocol.line;

/** How incoming content ended. Everything but {@link #COMPLETE} means: do not accept it. */
public enum ContentEnd {
  /** The end was reached and nothing was wrong. */
  COMPLETE,
  /** The end was reached; somewhere a CR stood without LF. */
  BARE_CR,
  /** The end was reached; somewhere an LF stood without CR. */
  BARE_LF,
  /** The end was reached; somewhere a NUL stood. */
  NUL,
  /** The end was reached; there were more octets than allowed. */
  TOO_BIG,
  /** The end will never be reached: the peer is gone or too slow. */
  ABORTED
}
