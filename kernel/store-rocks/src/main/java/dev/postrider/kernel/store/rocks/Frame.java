package dev.postrider.kernel.store.rocks;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * One record of a segment. Its header, big-endian: salt of the segment (8 octets), kind (1), three
 * octets of zero, sequence of the group (8), content number or 0 (8), length of the payload (8),
 * CRC32C of the payload (4), CRC32C of the header so far (4). The salt is random, so nobody can
 * write a message that looks like a frame.
 *
 * @param kind one of the constants
 * @param sequence of the group it belongs to
 * @param id number of the content, 0 for rows
 * @param offset where the header begins
 * @param length of the payload
 * @param crc of the payload
 */
record Frame(int kind, long sequence, long id, long offset, long length, int crc) {

  static final int HEADER = 44;

  /** Octets of a message. */
  static final int CONTENT = 1;

  /** Row changes; ends a group and makes it valid. */
  static final int ROWS = 2;

  /** Rows of a checkpoint. */
  static final int SNAPSHOT = 3;

  /** Ends a checkpoint. */
  static final int SNAPSHOT_END = 4;

  long payload() {
    return offset + HEADER;
  }

  long end() {
    return offset + HEADER + length;
  }

  static void put(
      ByteBuffer out, long salt, int kind, long sequence, long id, long length, int crc) {
    int start = out.position();
    out.putLong(salt).put((byte) kind).put((byte) 0).putShort((short) 0);
    out.putLong(sequence).putLong(id).putLong(length).putInt(crc);
    out.putInt(headerCrc(out, start));
  }

  /** Whether a sound header of this segment stands at this place of the buffer. */
  static boolean isAt(ByteBuffer in, int at, long salt) {
    return in.limit() - at >= HEADER && in.getLong(at) == salt && soundAt(in, at);
  }

  /** Whether the header at this place has the right checksum. */
  static boolean soundAt(ByteBuffer in, int at) {
    return in.limit() - at >= HEADER
        && in.getInt(at + 40) == headerCrc(in, at)
        && in.getLong(at + 28) >= 0;
  }

  static Frame read(ByteBuffer in, int at, long offset) {
    return new Frame(
        in.get(at + 8),
        in.getLong(at + 12),
        in.getLong(at + 20),
        offset,
        in.getLong(at + 28),
        in.getInt(at + 36));
  }

  static int crc(byte[] octets, int from, int length) {
    CRC32C crc = new CRC32C();
    crc.update(octets, from, length);
    return (int) crc.getValue();
  }

  private static int headerCrc(ByteBuffer buffer, int start) {
    CRC32C crc = new CRC32C();
    crc.update(buffer.slice(start, 40));
    return (int) crc.getValue();
  }
}
