package dev.postrider.protocol.line;

/** Dot-terminated content (RFC 5321 §4.1.1.4, §4.5.2). */
final class DotScan extends ContentScan {
  private enum At {
    LINE_START,
    TEXT,
    CR,
    DOT,
    DOT_CR,
    END
  }

  private final long limit;
  private At at = At.LINE_START;
  private ContentEnd how = ContentEnd.COMPLETE;
  private long kept;

  DotScan(long limit) {
    this.limit = limit;
  }

  @Override
  long wanted() {
    return Long.MAX_VALUE;
  }

  @Override
  boolean ended() {
    return at == At.END;
  }

  @Override
  ContentEnd end() {
    return how;
  }

  @Override
  int walk(byte[] block) {
    int w = 0;
    int r = 0;
    while (r < block.length && at != At.END) {
      if (at == At.TEXT) {
        int run = TextRun.end(block, r, block.length) - r;
        if (run > 0) {
          if (w != r) {
            System.arraycopy(block, r, block, w, run);
          }
          w += run;
          r += run;
          continue;
        }
      }
      byte b = block[r++];
      if (step(b)) {
        block[w++] = b;
      }
    }
    consumed(r);
    return handOn(w);
  }

  /** Moves on by one octet; true if it belongs to the content. */
  private boolean step(byte b) {
    boolean expectsLf = at == At.CR || at == At.DOT_CR;
    if (expectsLf && b == '\n') {
      at = at == At.CR ? At.LINE_START : At.END;
      return at != At.END;
    }
    if (expectsLf) {
      fault(ContentEnd.BARE_CR);
    }
    if (b == '.' && at == At.LINE_START) {
      at = At.DOT;
      return false;
    }
    if (b == '\r') {
      boolean afterDot = at == At.DOT;
      at = afterDot ? At.DOT_CR : At.CR;
      return !afterDot;
    }
    if (b == '\n') {
      fault(ContentEnd.BARE_LF);
    } else if (b == 0) {
      fault(ContentEnd.NUL);
    }
    at = At.TEXT;
    return true;
  }

  private int handOn(int octets) {
    kept += octets;
    if (kept > limit) {
      fault(ContentEnd.TOO_BIG);
    }
    return how == ContentEnd.COMPLETE ? octets : 0;
  }

  private void fault(ContentEnd seen) {
    if (how == ContentEnd.COMPLETE) {
      how = seen;
    }
  }
}
