package dev.postrider.protocol.line;

/** How the end of incoming content is found. */
public sealed interface Framing {

  /**
   * Ended by CRLF.CRLF and nothing else, leading dots removed (RFC 5321 §4.5.2).
   *
   * @param limit octets after unstuffing that are handed on; more end in {@link ContentEnd#TOO_BIG}
   */
  record Dots(long limit) implements Framing {}

  /**
   * A counted chunk (RFC 3030 §2).
   *
   * @param octets length of the chunk, 0 allowed
   * @param binary CR, LF and NUL may stand anywhere (BODY=BINARYMIME)
   * @param first nothing of this content came before
   * @param last nothing of this content follows, so a trailing CR is a bare one
   */
  record Counted(long octets, boolean binary, boolean first, boolean last) implements Framing {}
}
