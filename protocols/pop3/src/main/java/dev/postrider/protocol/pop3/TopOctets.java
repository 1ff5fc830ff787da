package dev.postrider.protocol.pop3;

/**
 * Finds where the top of a message ends: after the empty line that follows the header and so many
 * lines more. Fed with the octets in pieces, in order.
 */
final class TopOctets {

  private long linesLeft;
  private boolean inHeader = true;
  private boolean lineEmpty = true;

  TopOctets(int bodyLines) {
    this.linesLeft = bodyLines;
  }

  /**
   * How many of these octets belong to the top. Once it is fewer than there are, the top is over.
   */
  int count(byte[] octets, int length) {
    for (int i = 0; i < length; i++) {
      if (isOver()) {
        return i;
      }
      if (octets[i] == '\n') {
        endLine();
      } else if (octets[i] != '\r') {
        lineEmpty = false;
      }
    }
    return length;
  }

  boolean isOver() {
    return !inHeader && linesLeft <= 0;
  }

  private void endLine() {
    if (!inHeader) {
      linesLeft--;
    } else if (lineEmpty) {
      inHeader = false;
    }
    lineEmpty = true;
  }
}
