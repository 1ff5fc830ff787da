package dev.postrider.kernel.store.rocks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Walks over the frames of a file, jumping over what is damaged. Thread: one at a time. */
final class SegmentScan {

  private static final int WINDOW = 1 << 16;

  private final Disk.DiskFile file;
  private final long salt;
  private final long limit;
  private final ByteBuffer window = ByteBuffer.allocate(WINDOW);
  private long windowAt;
  private long at;
  private long damagedAt = -1;

  SegmentScan(Disk.DiskFile file, long salt, long from, long limit) {
    this.file = file;
    this.salt = salt;
    this.at = from;
    this.limit = limit;
    window.limit(0);
  }

  /** The next frame that has a sound header and ends within the limit; null at the end. */
  @Nullable Frame next() throws IOException {
    damagedAt = -1;
    while (at + Frame.HEADER <= limit) {
      if (at < windowAt || at + Frame.HEADER > windowAt + window.limit()) {
        fill(at);
      }
      int inWindow = (int) (at - windowAt);
      if (Frame.isAt(window, inWindow, salt)) {
        Frame frame = Frame.read(window, inWindow, at);
        if (frame.end() <= limit) {
          at = frame.end();
          return frame;
        }
      }
      if (damagedAt < 0) {
        damagedAt = at;
      }
      at++;
    }
    if (damagedAt < 0 && at < limit) {
      damagedAt = at;
    }
    return null;
  }

  /** Where the octets began that {@link #next} jumped over, -1 where it jumped over none. */
  long damagedAt() {
    return damagedAt;
  }

  private void fill(long from) throws IOException {
    window.clear();
    window.limit((int) Math.min(WINDOW, limit - from));
    file.readFully(window, from);
    window.flip();
    windowAt = from;
    if (window.limit() < Frame.HEADER) {
      throw new IOException("the file became shorter while it was read");
    }
  }

  /** The payload; null where its checksum is wrong. */
  static byte @Nullable [] payload(Disk.DiskFile file, Frame frame) throws IOException {
    if (frame.length() > Integer.MAX_VALUE - 16) {
      return null;
    }
    byte[] octets = new byte[(int) frame.length()];
    boolean whole = file.readFully(ByteBuffer.wrap(octets), frame.payload());
    return whole && Frame.crc(octets, 0, octets.length) == frame.crc() ? octets : null;
  }

  /** Whether the payload has the right checksum. */
  static boolean intact(Disk.DiskFile file, Frame frame) throws IOException {
    CRC32C crc = new CRC32C();
    ByteBuffer part = ByteBuffer.allocate((int) Math.min(WINDOW, frame.length()));
    for (long from = frame.payload(); from < frame.end(); from += part.limit()) {
      part.clear().limit((int) Math.min(part.capacity(), frame.end() - from));
      if (!file.readFully(part, from)) {
        return false;
      }
      part.flip();
      crc.update(part.duplicate());
    }
    return (int) crc.getValue() == frame.crc();
  }
}
