package dev.postrider.protocol.line;

/**
 * Why a line is no line (RFC 5321 §2.3.8: CR and LF only ever together, and no NUL in commands).
 */
public enum LineFault {
  BARE_CR,
  BARE_LF,
  NUL,
  TOO_LONG
}
