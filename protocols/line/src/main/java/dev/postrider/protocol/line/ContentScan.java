package dev.postrider.protocol.line;

/** One pass over the octets of a content, block by block. */
abstract sealed class ContentScan permits DotScan, CountedScan {
  private long received;
  private int consumed;

  /** Octets this scan may take at most, now. */
  abstract long wanted();

  /** Compacts the block to the octets to hand on and returns their number. */
  final int scan(byte[] block) {
    int kept = walk(block);
    received += consumed;
    return kept;
  }

  abstract int walk(byte[] block);

  abstract boolean ended();

  abstract ContentEnd end();

  final void consumed(int octets) {
    consumed = octets;
  }

  final int consumed() {
    return consumed;
  }

  final long received() {
    return received;
  }
}
