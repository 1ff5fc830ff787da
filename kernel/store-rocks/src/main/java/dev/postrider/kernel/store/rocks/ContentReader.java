package dev.postrider.kernel.store.rocks;

import dev.postrider.kernel.store.ContentId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Finds content and reads it from its segment without native code. Thread: any. */
final class ContentReader {

  private static final int WHOLE = 256 << 10;

  private final ContentRows rows;
  private final Segments segments;

  ContentReader(ContentRows rows, Segments segments) {
    this.rows = rows;
    this.segments = segments;
  }

  /** A stream from an offset on; content up to 256 KiB is read and checked at once. */
  InputStream open(ContentId id, long offset) throws IOException {
    long number = StoredCodec.number(id);
    while (true) {
      ContentRow row = rows.find(number);
      if (row == null) {
        throw new IOException("content " + id.value() + " is gone");
      }
      Segment segment = segments.find(row.segment());
      Disk.@Nullable DiskFile file = segment == null ? null : segment.lease();
      if (segment != null && file != null) {
        return open(row, segment, file, offset);
      }
      if (row.equals(rows.find(number))) {
        throw new IOException(
            "content "
                + id.value()
                + " should be in the segment "
                + segments.path(row.segment())
                + ", which is missing");
      }
      // It was moved between the two looks; look again.
    }
  }

  private static InputStream open(ContentRow row, Segment segment, Disk.DiskFile file, long offset)
      throws IOException {
    boolean leaseMovesOn = false;
    try {
      if (offset < 0 || offset > row.length()) {
        throw new IOException("offset " + offset + " is not within " + row.length() + " octets");
      }
      boolean atOnce = row.length() <= WHOLE;
      ByteBuffer read = ByteBuffer.allocate(Frame.HEADER + (atOnce ? (int) row.length() : 0));
      Frame frame = frame(read, row, segment, file);
      if (!atOnce) {
        leaseMovesOn = true;
        return new SegmentStream(segment, file, frame, offset);
      }
      byte[] record = read.array();
      if (Frame.crc(record, Frame.HEADER, (int) frame.length()) != frame.crc()) {
        throw damaged(segment, row.offset());
      }
      int skipped = Frame.HEADER + (int) offset;
      return new ByteArrayInputStream(record, skipped, record.length - skipped);
    } finally {
      if (!leaseMovesOn) {
        segment.release();
      }
    }
  }

  private static Frame frame(ByteBuffer into, ContentRow row, Segment segment, Disk.DiskFile file)
      throws IOException {
    boolean whole = file.readFully(into, row.offset());
    into.flip();
    if (!whole || !Frame.soundAt(into, 0)) {
      throw damaged(segment, row.offset());
    }
    Frame frame = Frame.read(into, 0, row.offset());
    if (frame.length() != row.length()) {
      throw damaged(segment, row.offset());
    }
    return frame;
  }

  static IOException damaged(Segment segment, long offset) {
    return new IOException("damaged record: " + segment.path() + " at offset " + offset);
  }
}
