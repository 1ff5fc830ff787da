package dev.postrider.protocol.line;

/** What a connection is at, and so what the octets that come are. */
enum Mode {
  SECURING,
  LISTENING,
  LINES,
  ASKING,
  RECEIVING,
  SKIPPING,
  CLOSING
}
