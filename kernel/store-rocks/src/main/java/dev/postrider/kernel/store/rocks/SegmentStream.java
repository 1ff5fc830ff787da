package dev.postrider.kernel.store.rocks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.zip.CRC32C;

/**
 * Streams large content and keeps its segment from being deleted until closed. Read from the start,
 * it fails at the end where the checksum is wrong.
 */
final class SegmentStream extends InputStream {

  private final Segment segment;
  private final Disk.DiskFile file;
  private final Frame frame;
  private final boolean checked;
  private final CRC32C crc = new CRC32C();
  private final ByteBuffer buffer = ByteBuffer.allocate(64 << 10).limit(0);
  private long at;
  private boolean closed;

  SegmentStream(Segment segment, Disk.DiskFile file, Frame frame, long offset) {
    this.segment = segment;
    this.file = file;
    this.frame = frame;
    this.at = frame.payload() + offset;
    this.checked = offset == 0;
  }

  @Override
  public int read() throws IOException {
    return fill() ? buffer.get() & 0xff : -1;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, into.length);
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int count = Math.min(length, buffer.remaining());
    buffer.get(into, offset, count);
    return count;
  }

  private boolean fill() throws IOException {
    if (buffer.hasRemaining()) {
      return true;
    }
    if (closed) {
      throw new IOException("the stream is closed");
    }
    if (at >= frame.end()) {
      return false;
    }
    buffer.clear().limit((int) Math.min(buffer.capacity(), frame.end() - at));
    if (!file.readFully(buffer, at)) {
      throw ContentReader.damaged(segment, frame.offset());
    }
    buffer.flip();
    at += buffer.limit();
    crc.update(buffer.duplicate());
    if (checked && at == frame.end() && (int) crc.getValue() != frame.crc()) {
      throw ContentReader.damaged(segment, frame.offset());
    }
    return true;
  }

  @Override
  public int available() {
    return (int) Math.min(Integer.MAX_VALUE, buffer.remaining() + frame.end() - at);
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      segment.release();
    }
  }
}
