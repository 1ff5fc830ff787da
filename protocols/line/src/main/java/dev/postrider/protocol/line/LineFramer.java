package dev.postrider.protocol.line;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * Cuts octets into lines or content, in one pass: each octet is looked at once, and the cut does
 * not depend on how the octets were split into buffers. What is wrong comes out as a value.
 *
 * <p>A CRLF ends a line; so does a bare LF, but as {@link LineFault#BARE_LF}, so that a peer which
 * knows no CRLF gets an answer. Within content a bare LF ends nothing.
 *
 * <p>Used by one thread at a time. {@link #feed} takes ownership of the buffer.
 */
public final class LineFramer {
  private static final int BLOCK = 32 * 1024;

  private ByteBuf buffered = Unpooled.EMPTY_BUFFER;
  private int maxLine;
  private @Nullable ContentScan content;
  private @Nullable ContentEnd pendingEnd;

  private int scanned;
  private int lineLength;
  private boolean cr;
  private @Nullable LineFault fault;

  /**
   * Starts in line mode.
   *
   * @param maxLine longest line in octets, its CRLF included
   */
  public LineFramer(int maxLine) {
    this.maxLine = maxLine;
  }

  /** Sets the longest line for the lines that follow. */
  public void maxLine(int octets) {
    maxLine = octets;
  }

  /** Appends octets and takes ownership of the buffer. */
  public void feed(ByteBuf in) {
    if (!buffered.isReadable()) {
      buffered.release();
      buffered = in;
      scanned = 0;
      return;
    }
    if (buffered.refCnt() > 1 || buffered.isReadOnly() || room(buffered) < in.readableBytes()) {
      ByteBuf bigger =
          in.alloc().heapBuffer(Math.max(1024, buffered.readableBytes() + in.readableBytes()));
      bigger.writeBytes(buffered);
      buffered.release();
      buffered = bigger;
    }
    if (buffered.readerIndex() >= buffered.readableBytes()) {
      buffered.discardReadBytes();
    }
    buffered.writeBytes(in);
    in.release();
  }

  private static int room(ByteBuf buf) {
    return buf.maxCapacity() - buf.writerIndex();
  }

  /** Octets that were fed and are not yet part of a frame. */
  public int pending() {
    return buffered.readableBytes();
  }

  /** Forgets every octet that was fed, and a line that was half read. */
  public void discard() {
    buffered.release();
    buffered = Unpooled.EMPTY_BUFFER;
    resetLine();
    content = null;
    pendingEnd = null;
  }

  /** Switches to content: it starts with the next octet that is not yet part of a frame. */
  public void receive(Framing framing) {
    content =
        switch (framing) {
          case Framing.Dots dots -> new DotScan(dots.limit());
          case Framing.Counted counted -> new CountedScan(counted, content);
        };
    endIfComplete();
  }

  /** Octets of the content being received so far, as they came. */
  public long contentOctets() {
    return content == null ? 0 : content.received();
  }

  /** The next frame, or null if more octets are needed. */
  public @Nullable Frame next() {
    if (pendingEnd != null) {
      ContentEnd how = pendingEnd;
      pendingEnd = null;
      return new Frame.End(how);
    }
    ContentScan scan = content;
    return scan == null || scan.ended() ? nextLine() : nextPiece(scan);
  }

  private @Nullable Frame nextPiece(ContentScan scan) {
    while (buffered.isReadable()) {
      int size = Math.min(buffered.readableBytes(), BLOCK);
      byte[] block = new byte[(int) Math.min(size, scan.wanted())];
      buffered.getBytes(buffered.readerIndex(), block);
      int kept = scan.scan(block);
      buffered.skipBytes(scan.consumed());
      endIfComplete();
      if (kept > 0) {
        return new Frame.Piece(block, kept);
      }
      if (pendingEnd != null) {
        return next();
      }
    }
    return null;
  }

  private void endIfComplete() {
    if (content != null && content.ended()) {
      pendingEnd = content.end();
      resetLine();
    }
  }

  private @Nullable Frame nextLine() {
    int from = buffered.readerIndex();
    int to = buffered.readableBytes();
    while (scanned < to) {
      byte b = buffered.getByte(from + scanned);
      scanned++;
      lineLength++;
      if (b == '\n') {
        return endLine();
      }
      if (cr) {
        note(LineFault.BARE_CR);
      }
      cr = b == '\r';
      if (b == 0) {
        note(LineFault.NUL);
      }
      if (lineLength + (cr ? 1 : 2) > maxLine) {
        note(LineFault.TOO_LONG);
      }
    }
    if (fault != null) {
      buffered.skipBytes(scanned);
      scanned = 0;
    }
    return null;
  }

  private Frame endLine() {
    if (!cr) {
      note(LineFault.BARE_LF);
    }
    Frame frame;
    if (fault == null) {
      byte[] line = new byte[scanned - 2];
      buffered.readBytes(line);
      buffered.skipBytes(2);
      frame = new Frame.Line(line);
    } else {
      buffered.skipBytes(scanned);
      frame = new Frame.Bad(fault);
    }
    resetLine();
    return frame;
  }

  private void note(LineFault seen) {
    if (fault == null) {
      fault = seen;
    }
  }

  private void resetLine() {
    scanned = 0;
    lineLength = 0;
    cr = false;
    fault = null;
  }
}
