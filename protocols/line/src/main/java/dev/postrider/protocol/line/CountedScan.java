package dev.postrider.protocol.line;

import org.jspecify.annotations.Nullable;

/** One chunk of counted octets (RFC 3030 §2). A CR at its end may be completed by the next one. */
final class CountedScan extends ContentScan {
  private final Framing.Counted chunk;
  private long left;
  private boolean cr;
  private ContentEnd how = ContentEnd.COMPLETE;

  CountedScan(Framing.Counted chunk, @Nullable ContentScan before) {
    this.chunk = chunk;
    this.left = chunk.octets();
    if (!chunk.first() && before instanceof CountedScan earlier) {
      cr = earlier.cr;
    }
  }

  @Override
  long wanted() {
    return left;
  }

  @Override
  boolean ended() {
    return left == 0;
  }

  @Override
  ContentEnd end() {
    if (chunk.last() && cr && !chunk.binary()) {
      fault(ContentEnd.BARE_CR);
    }
    return how;
  }

  @Override
  int walk(byte[] block) {
    consumed(block.length);
    left -= block.length;
    if (!chunk.binary()) {
      for (byte b : block) {
        check(b);
      }
    }
    return how == ContentEnd.COMPLETE ? block.length : 0;
  }

  private void check(byte b) {
    if (b == '\n') {
      if (!cr) {
        fault(ContentEnd.BARE_LF);
      }
    } else {
      if (cr) {
        fault(ContentEnd.BARE_CR);
      }
      if (b == 0) {
        fault(ContentEnd.NUL);
      }
    }
    cr = b == '\r';
  }

  private void fault(ContentEnd seen) {
    if (how == ContentEnd.COMPLETE) {
      how = seen;
    }
  }
}
