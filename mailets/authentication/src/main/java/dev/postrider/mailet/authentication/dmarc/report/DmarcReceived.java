package dev.postrider.mailet.authentication.dmarc.report;

import dev.postrider.plugin.Content;
import dev.postrider.plugin.Domains;
import dev.postrider.plugin.Job;
import dev.postrider.plugin.service.PluginState;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Sums up what others have reported about own domains. Argument: the domain, where only one is
 * asked for. Answers one line for each domain and sending address, the ones with the most mails
 * first, fields separated by tabs: domain, address, mails, how many DKIM proved, how many SPF, how
 * many neither, what was done ({@code none}, {@code quarantine}, {@code reject}: how many each),
 * the first and the last day, and who reported; unproven ones in brackets.
 */
public final class DmarcReceived implements Job {

  private static final int LINES = 1000;
  private static final int REPORTERS = 5;

  private final Archive archive;

  /** Reads the plugin's state. */
  public DmarcReceived(PluginState state) {
    this.archive = new Archive(state);
  }

  private record Place(String domain, String source) {}

  private static final class Sum {
    private long mails;
    private long dkim;
    private long spf;
    private long failed;
    private final Map<String, Long> done = new HashMap<>();
    private final Set<LocalDate> days = new TreeSet<>();
    private final Set<String> reporters = new TreeSet<>();

    void add(Archive.Kept report, ReportedRow row, long count) {
      mails += count;
      dkim += row.dkim() ? count : 0;
      spf += row.spf() ? count : 0;
      failed += row.passed() ? 0 : count;
      done.merge(row.disposition().equals("pass") ? "none" : row.disposition(), count, Long::sum);
      days.add(LocalDate.ofInstant(report.begin(), ZoneOffset.UTC));
      if (reporters.size() < REPORTERS) {
        reporters.add(report.proven() ? report.organization() : "(" + report.organization() + ")");
      }
    }

    String line(Place place) {
      List<LocalDate> sorted = List.copyOf(days);
      return Stream.of(
              place.domain(),
              place.source(),
              mails,
              dkim,
              spf,
              failed,
              done.getOrDefault("none", 0L),
              done.getOrDefault("quarantine", 0L),
              done.getOrDefault("reject", 0L),
              sorted.stream().min(LocalDate::compareTo).orElseThrow(),
              sorted.stream().max(LocalDate::compareTo).orElseThrow(),
              String.join(", ", reporters))
          .map(Object::toString)
          .collect(Collectors.joining("\t"));
    }
  }

  @Override
  public String run(List<String> arguments, Content input) {
    Map<Place, Sum> sums = new HashMap<>();
    for (Archive.Kept report : archive.all()) {
      if (arguments.isEmpty()
          || report.domain().equalsIgnoreCase(Domains.normalise(arguments.getFirst()))) {
        report
            .rows()
            .forEach(
                (row, count) ->
                    sums.computeIfAbsent(new Place(report.domain(), row.source()), _ -> new Sum())
                        .add(report, row, count));
      }
    }
    return sums.entrySet().stream()
        .sorted((one, other) -> Long.compare(other.getValue().mails, one.getValue().mails))
        .limit(LINES)
        .map(each -> each.getValue().line(each.getKey()))
        .collect(Collectors.joining("\n"));
  }
}
