package dev.postrider.protocol.line;

/** What a {@link LineFramer} cuts out of a stream of octets. */
public sealed interface Frame {

  /** A line without its CRLF. The array is the receiver's. */
  @SuppressWarnings("ArrayRecordComponent")
  record Line(byte[] octets) implements Frame {}

  /** A line that had to be refused; its octets are gone. */
  record Bad(LineFault fault) implements Frame {}

  /** A piece of content: the first {@code length} octets of the array, which is the receiver's. */
  @SuppressWarnings("ArrayRecordComponent")
  record Piece(byte[] octets, int length) implements Frame {}

  /** The end of content; the framer is back in line mode. */
  record End(ContentEnd how) implements Frame {}
}
