package dev.postrider.kernel.store.rocks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * What a segment or checkpoint file begins with: magic (8 octets), then these numbers, then a
 * CRC32C.
 *
 * @param number of the segment
 * @param salt of its frames
 * @param firstSequence no group in it is older
 * @param previous the segment that was written before, 0 where there was none
 * @param previousEnd up to where that one is to be trusted; a failed sync may have left more in it
 */
record SegmentHeader(long number, long salt, long firstSequence, long previous, long previousEnd) {

  static final int SIZE = 52;
  private static final long MAGIC =
      ByteBuffer.wrap("PRSTORE1".getBytes(StandardCharsets.US_ASCII)).getLong();

  ByteBuffer toBuffer() {
    ByteBuffer out = ByteBuffer.allocate(SIZE);
    out.putLong(MAGIC).putLong(number).putLong(salt).putLong(firstSequence);
    out.putLong(previous).putLong(previousEnd);
    return out.putInt(crc(out)).flip();
  }

  /** The header, empty where it is damaged or incomplete. */
  static Optional<SegmentHeader> read(Disk.DiskFile file) throws IOException {
    ByteBuffer in = ByteBuffer.allocate(SIZE);
    if (!file.readFully(in, 0)) {
      return Optional.empty();
    }
    in.flip();
    if (in.getLong(0) != MAGIC || in.getInt(SIZE - 4) != crc(in)) {
      return Optional.empty();
    }
    return Optional.of(
        new SegmentHeader(
            in.getLong(8), in.getLong(16), in.getLong(24), in.getLong(32), in.getLong(40)));
  }

  private static int crc(ByteBuffer buffer) {
    CRC32C crc = new CRC32C();
    crc.update(buffer.slice(0, SIZE - 4));
    return (int) crc.getValue();
  }
}
