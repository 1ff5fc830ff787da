package dev.postrider.kernel.store.rocks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Reads the newest checkpoint, checks every checksum, and hands on the rows. */
final class CheckpointVerification {

  private CheckpointVerification() {}

  /** Returns whether the checkpoint is whole, or there is none. */
  static boolean run(Disk disk, Path folder, Index into, Findings findings) throws IOException {
    Path path = Checkpoint.newest(folder);
    if (path == null) {
      return true;
    }
    Disk.DiskFile file = disk.open(path);
    try {
      Optional<SegmentHeader> header = SegmentHeader.read(file);
      if (header.isEmpty()) {
        findings.checkpoint(path, 0, "the header of the checkpoint is damaged");
        return false;
      }
      return run(path, file, header.get().salt(), into, findings);
    } finally {
      file.close();
    }
  }

  private static boolean run(
      Path path, Disk.DiskFile file, long salt, Index into, Findings findings) throws IOException {
    boolean whole = true;
    boolean ended = false;
    SegmentScan scan = new SegmentScan(file, salt, SegmentHeader.SIZE, file.size());
    while (true) {
      Frame frame = scan.next();
      if (scan.damagedAt() >= 0) {
        findings.checkpoint(path, scan.damagedAt(), "octets that are no sound record");
        whole = false;
      }
      if (frame == null) {
        break;
      }
      byte[] rows = SegmentScan.payload(file, frame);
      if (rows == null) {
        findings.checkpoint(path, frame.offset(), "rows with a wrong checksum");
        whole = false;
      } else if (frame.kind() == Frame.SNAPSHOT) {
        RowBuffer buffer = new RowBuffer();
        buffer.addLogged(rows);
        into.load(buffer.toBatch());
      } else {
        ended |= frame.kind() == Frame.SNAPSHOT_END;
      }
    }
    if (!ended) {
      findings.checkpoint(path, file.size(), "the end of the checkpoint is missing");
    }
    return whole && ended;
  }
}
