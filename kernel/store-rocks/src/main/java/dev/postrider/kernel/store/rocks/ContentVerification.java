package dev.postrider.kernel.store.rocks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Looks at the row of each content: where it lies, and how many entries hold it. */
final class ContentVerification {
  private final OverlaidRows rows;
  private final Segments segments;
  private final EntryVerification entries;
  private final Findings findings;
  private final Map<Long, Long> live = new HashMap<>();
  private long highest;

  ContentVerification(
      OverlaidRows rows, Segments segments, EntryVerification entries, Findings findings) {
    this.rows = rows;
    this.segments = segments;
    this.entries = entries;
    this.findings = findings;
  }

  void run() throws IOException {
    rows.scan(
        Keys.CONTENT,
        (key, row) -> {
          long number = new ByteReader(key, 1, key.length).fixed64();
          highest = Math.max(highest, number);
          try {
            content(number, ContentRow.read(row));
          } catch (ByteReader.DamagedRow e) {
            findings.index("content " + number, "the row can't be read: " + e.getMessage());
          }
          return true;
        });
  }

  private void content(long number, ContentRow row) throws IOException {
    live.merge(row.segment(), row.footprint(), Long::sum);
    int holders = entries.holders(number);
    if (row.entries() != holders) {
      findings.counter(
          "content " + number,
          "%d entries are said to hold it, but %d do".formatted(row.entries(), holders));
    }
    Segment segment = segments.find(row.segment());
    Disk.@Nullable DiskFile file = segment == null ? null : segment.lease();
    if (segment == null || file == null) {
      findings.content(
          segments.path(row.segment()),
          row.offset(),
          "content " + number,
          "the segment that holds it is missing");
      return;
    }
    try {
      if (!stands(number, row, segment, file)) {
        findings.content(
            segment.path(),
            row.offset(),
            "content " + number,
            "the index says that it stands here with " + row.length() + " octets; it does not");
      }
    } finally {
      segment.release();
    }
  }

  private boolean stands(long number, ContentRow row, Segment segment, Disk.DiskFile file)
      throws IOException {
    if (row.offset() < 0 || row.offset() + row.footprint() > segments.trustedEnd(segment)) {
      return false;
    }
    ByteBuffer header = ByteBuffer.allocate(Frame.HEADER);
    if (!file.readFully(header, row.offset())) {
      return false;
    }
    header.flip();
    if (!Frame.isAt(header, 0, segment.header().salt())) {
      return false;
    }
    Frame frame = Frame.read(header, 0, row.offset());
    return frame.kind() == Frame.CONTENT && frame.id() == number && frame.length() == row.length();
  }

  /** Octets of each segment that some entry needs. */
  Map<Long, Long> live() {
    return live;
  }

  long highest() {
    return highest;
  }
}
