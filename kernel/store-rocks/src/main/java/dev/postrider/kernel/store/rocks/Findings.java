package dev.postrider.kernel.store.rocks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong. Thread: one at a time. */
final class Findings {
  private static final int LISTED = 1_000;
  private static final String BACKUP =
      "restore a backup, or go on without what is named: the server skips what it can't read";
  private static final String ANEW =
      "move that folder away while the server is stopped: it is made anew from the segments";

  private final Path segments;
  private final Path index;
  private final List<Finding> listed = new ArrayList<>();
  private long more;

  Findings(Path segments, Path index) {
    this.segments = segments;
    this.index = index;
  }

  private void add(Finding finding) {
    if (listed.size() < LISTED) {
      listed.add(finding);
    } else {
      more++;
    }
  }

  void segment(Path file, long offset, String what) {
    add(new Finding(Finding.Kind.SEGMENT, file.toString(), offset, "", what, BACKUP));
  }

  /** Octets of an entry are gone or damaged. */
  void content(Path file, long offset, String row, String what) {
    add(new Finding(Finding.Kind.REFERENCE, file.toString(), offset, row, what, BACKUP));
  }

  void checkpoint(Path file, long offset, String what) {
    add(
        new Finding(
            Finding.Kind.CHECKPOINT,
            file.toString(),
            offset,
            "",
            what,
            "keep index/ as it is: only together with it nothing is missing; then make a backup"));
  }

  void index(String row, String what) {
    add(new Finding(Finding.Kind.INDEX, index.toString(), -1, row, what, ANEW));
  }

  void reference(String row, String what) {
    add(new Finding(Finding.Kind.REFERENCE, index.toString(), -1, row, what, ANEW));
  }

  void counter(String row, String what) {
    add(new Finding(Finding.Kind.COUNTER, index.toString(), -1, row, what, ANEW));
  }

  Path segments() {
    return segments;
  }

  List<Finding> listed() {
    return listed;
  }

  long more() {
    return more;
  }
}
