package dev.postrider.protocol.line;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Writes content so that it ends where it should: every line that starts with a dot gets one more
 * (RFC 5321 §4.5.2, RFC 1939 §3), lines end in CRLF, and the last line is a dot alone. A CR or LF
 * that stands alone becomes CRLF, so that no octet of the content can ever end it early.
 *
 * <p>Used by one thread; writes blocks of up to 32 KB and never flushes.
 */
public final class DotStuffer {
  private static final int BLOCK = 16 * 1024;

  private final OutputStream out;
  private final byte[] block;
  private int used;
  private boolean lineStart = true;
  private boolean cr;

  /** The stream stays the caller's. */
  public DotStuffer(OutputStream out) {
    this(out, Long.MAX_VALUE);
  }

  /**
   * The stream stays the caller's.
   *
   * @param expected octets of content, as far as known: a small content needs no large block
   */
  public DotStuffer(OutputStream out, long expected) {
    this.out = out;
    this.block = new byte[Math.clamp(expected + expected / 16 + 64, 256, BLOCK * 2)];
  }

  /** Writes all of the content and the closing dot. The content is not closed. */
  public static void copy(InputStream content, OutputStream out) throws IOException {
    DotStuffer stuffer = new DotStuffer(out);
    byte[] buffer = new byte[BLOCK];
    int n = content.read(buffer);
    while (n >= 0) {
      stuffer.write(buffer, 0, n);
      n = content.read(buffer);
    }
    stuffer.finish();
  }

  /** Adds a piece of the content. */
  public void write(byte[] octets, int offset, int length) throws IOException {
    int end = offset + length;
    int i = offset;
    while (i < end) {
      if (used > block.length - 4) {
        drain();
      }
      byte b = octets[i];
      if (b == '\n') {
        newLine();
        i++;
        continue;
      }
      if (cr) {
        newLine();
      }
      if (b == '\r') {
        cr = true;
        i++;
      } else {
        i += text(octets, i, end);
      }
    }
  }

  /** Takes octets of a line up to its end or as many as there is room for; returns how many. */
  private int text(byte[] octets, int from, int end) {
    if (lineStart && octets[from] == '.') {
      block[used++] = '.';
    }
    lineStart = false;
    int limit = Math.min(end, from + block.length - used);
    int count = Math.max(1, TextRun.end(octets, from, limit) - from);
    System.arraycopy(octets, from, block, used, count);
    used += count;
    return count;
  }

  private void newLine() {
    block[used++] = '\r';
    block[used++] = '\n';
    cr = false;
    lineStart = true;
  }

  private void drain() throws IOException {
    out.write(block, 0, used);
    used = 0;
  }

  /** Ends the last line if it is open and writes the line with the dot alone. */
  public void finish() throws IOException {
    if (used > block.length - 8) {
      drain();
    }
    if (cr || !lineStart) {
      newLine();
    }
    block[used++] = '.';
    newLine();
    drain();
  }
}
