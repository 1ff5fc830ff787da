package dev.postrider.mailet.authentication.dmarc.report;

import dev.postrider.plugin.service.PluginState;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Reports of others, kept in the plugin's state: {@value #REPORTS} at most, of one reporter {@value
 * #OF_ONE}, of each the {@value #ROWS} rows with the most mails, as far as they fit into {@value
 * #OCTETS} octets; the oldest go first. Those of reporters that no check has proven have a tenth of
 * the places for themselves, so that made-up ones don't push out others. The same report again is
 * kept once. Thread: any.
 */
final class Archive {

  static final int REPORTS = 1000;
  static final int OF_ONE = 100;
  static final int ROWS = 200;
  static final int OCTETS = 32 << 10;

  private static final long MOST = 1L << 40;
  private static final int HASH = 12;

  private static final String PROVEN = "dmarc/got/p/";
  private static final String UNPROVEN = "dmarc/got/u/";

  private final PluginState state;

  Archive(PluginState state) {
    this.state = state;
  }

  /**
   * A report as it is kept.
   *
   * @param proven whether a check has shown that it is of its reporter
   */
  record Kept(
      String organization,
      String domain,
      Instant begin,
      boolean proven,
      Map<ReportedRow, Long> rows) {
    Kept {
      rows = Map.copyOf(rows);
    }
  }

  /**
   * Keeps a report.
   *
   * @param reporter the domain that it came from
   * @param now what it is about began then at the latest
   */
  void add(ReceivedReport report, String reporter, boolean proven, Instant now) {
    String prefix = proven ? PROVEN : UNPROVEN;
    Instant begin =
        Instant.ofEpochSecond(Math.clamp(report.begin(), 0, Math.max(0, now.getEpochSecond())))
            .truncatedTo(ChronoUnit.SECONDS);
    String of = hash(reporter);
    String key =
        prefix
            + begin
            + "/"
            + of
            + "/"
            + hash(report.domain() + "\n" + report.organization() + "\n" + report.id());
    if (state.get(key).isEmpty()) {
      makeRoom(prefix, of, proven ? REPORTS : REPORTS / 10, proven ? OF_ONE : OF_ONE / 10);
    }
    state.put(key, written(report));
  }

  private void makeRoom(String prefix, String reporter, int most, int mostOfOne) {
    List<String> all = new ArrayList<>(state.keys(prefix, "", most * 2));
    List<String> same =
        new ArrayList<>(all.stream().filter(key -> key.contains("/" + reporter + "/")).toList());
    while (same.size() >= mostOfOne) {
      all.remove(same.getFirst());
      state.remove(same.removeFirst());
    }
    while (all.size() >= most) {
      state.remove(all.removeFirst());
    }
  }

  private static byte[] written(ReceivedReport report) {
    StringBuilder out = new StringBuilder();
    out.append(ReportedRow.plain(report.organization()));
    out.append('\t').append(ReportedRow.plain(report.domain())).append('\n');
    int octets = utf8(out.toString()).length;
    for (Map.Entry<ReportedRow, Long> row :
        report.rows().entrySet().stream()
            .sorted(Map.Entry.<ReportedRow, Long>comparingByValue().reversed())
            .limit(ROWS)
            .toList()) {
      String line = Math.min(row.getValue(), MOST) + "\t" + row.getKey().write() + "\n";
      octets += utf8(line).length;
      if (octets > OCTETS) {
        break;
      }
      out.append(line);
    }
    return utf8(out.toString());
  }

  /** Tells of all reports that are kept, one at a time. */
  void each(Consumer<Kept> consumer) {
    for (String prefix : List.of(PROVEN, UNPROVEN)) {
      for (String key : state.keys(prefix, "", REPORTS * 2)) {
        state
            .get(key)
            .flatMap(
                value -> read(key.substring(prefix.length()), text(value), prefix.equals(PROVEN)))
            .ifPresent(consumer);
      }
    }
  }

  private static Optional<Kept> read(String name, String text, boolean proven) {
    List<String> lines = text.lines().toList();
    String[] head = lines.isEmpty() ? new String[0] : lines.getFirst().split("\t", -1);
    if (head.length != 2) {
      return Optional.empty();
    }
    Map<ReportedRow, Long> rows =
        lines.stream()
            .skip(1)
            .filter(line -> line.indexOf('\t') > 0)
            .flatMap(
                line ->
                    ReportedRow.read(line.substring(line.indexOf('\t') + 1)).stream()
                        .map(
                            row ->
                                Map.entry(
                                    row, Long.parseLong(line.substring(0, line.indexOf('\t'))))))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, Long::sum));
    Instant begin = Instant.parse(name.substring(0, name.indexOf('/')));
    return Optional.of(new Kept(head[0], head[1], begin, proven, rows));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] octets) {
    return new String(octets, StandardCharsets.UTF_8);
  }

  private static String hash(String text) {
    return Digest.of(text, HASH);
  }
}
