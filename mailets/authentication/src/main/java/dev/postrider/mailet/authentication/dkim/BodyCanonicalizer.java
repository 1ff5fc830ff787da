package dev.postrider.mailet.authentication.dkim;

/**
 * Brings a body to its canonical form piece by piece, whatever the cuts (RFC 6376 §3.4.3, §3.4.4).
 * Only CRLF ends a line. Not thread-safe; keeps a few octets and two counters.
 */
final class BodyCanonicalizer {

  /** Takes canonical octets; the array is used again after the call. */
  @FunctionalInterface
  interface Sink {
    void accept(byte[] octets, int length);
  }

  private static final int BUFFER = 8 * 1024;

  private final boolean relaxed;
  private final Sink sink;
  private final byte[] out = new byte[BUFFER];
  private int filled;
  private boolean carriageReturn;
  private boolean space;
  // Line ends that only count when something follows them.
  private long lineEnds;
  private boolean lineHasText;
  private boolean anything;

  BodyCanonicalizer(Canonicalization form, Sink sink) {
    this.relaxed = form == Canonicalization.RELAXED;
    this.sink = sink;
  }

  void update(byte[] octets, int length) {
    for (int i = 0; i < length; i++) {
      byte b = octets[i];
      if (carriageReturn) {
        carriageReturn = false;
        if (b == '\n') {
          endLine();
          continue;
        }
        text((byte) '\r');
      }
      if (b == '\r') {
        carriageReturn = true;
      } else if (relaxed && (b == ' ' || b == '\t')) {
        space = true;
      } else {
        text(b);
      }
    }
  }

  void finish() {
    if (carriageReturn) {
      carriageReturn = false;
      text((byte) '\r');
    }
    if (anything || !relaxed) {
      put((byte) '\r');
      put((byte) '\n');
    }
    flush();
  }

  private void endLine() {
    lineEnds++;
    space = false;
    lineHasText = false;
  }

  private void text(byte b) {
    if (!lineHasText) {
      for (; lineEnds > 0; lineEnds--) {
        put((byte) '\r');
        put((byte) '\n');
      }
      lineHasText = true;
    }
    if (space) {
      put((byte) ' ');
      space = false;
    }
    put(b);
    anything = true;
  }

  private void put(byte b) {
    if (filled == BUFFER) {
      flush();
    }
    out[filled++] = b;
  }

  private void flush() {
    if (filled > 0) {
      sink.accept(out, filled);
      filled = 0;
    }
  }
}
