package dev.postrider.mailet.authentication.dmarc.report;

import java.util.Map;
import java.util.TreeMap;

/** What tells a report from all others about the same domain (RFC 9990 §3.5.1). */
final class ReportId {

  private static final int OCTETS = 16;

  private ReportId() {}

  /**
   * Letters and digits that follow from what is reported: the same for a report that is sent again,
   * another one for what is reported about the same time later.
   */
  static String of(String begin, String domain, Map<Row, Long> rows) {
    StringBuilder text = new StringBuilder(begin).append('\n').append(domain).append('\n');
    Map<String, Long> sorted = new TreeMap<>();
    rows.forEach((row, count) -> sorted.put(row.write(), count));
    sorted.forEach((row, count) -> text.append(row).append('\t').append(count).append('\n'));
    return Digest.hex(text.toString(), OCTETS);
  }
}
