package dev.postrider.mailet.authentication.dmarc.report;

import dev.postrider.plugin.Content;
import dev.postrider.plugin.Domains;
import dev.postrider.plugin.Job;
import dev.postrider.plugin.service.PluginState;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
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
 * the first and the last day, and who reported. What unproven ones report has lines of its own, and
 * their names stand in brackets. Beyond {@value #PLACES} pairs the rest is one line.
 */
public final class DmarcReceived implements Job {

  private static final int LINES = 1000;
  private static final int REPORTERS = 5;
  private static final int PLACES = 20_000;
  private static final String OTHERS = "(others)";

  private final Archive archive;

  /** Reads the plugin's state. */
  public DmarcReceived(PluginState state) {
    this.archive = new Archive(state);
  }

  private record Place(String domain, String source, boolean proven) {}

  private static final class Sum {
    private long mails;
    private long dkim;
    private long spf;
    private long failed;
    private long none;
    private long quarantine;
    private long reject;
    private Instant first = Instant.MAX;
    private Instant last = Instant.MIN;
    private final Set<String> reporters = new TreeSet<>();

    void add(Archive.Kept report, ReportedRow row, long count) {
      mails += count;
      dkim += row.dkim() ? count : 0;
      spf += row.spf() ? count : 0;
      failed += row.passed() ? 0 : count;
      switch (row.disposition()) {
        case "reject" -> reject += count;
        case "quarantine" -> quarantine += count;
        case "none", "pass" -> none += count;
        default -> {
          // A word that no standard knows.
        }
      }
      first = report.begin().isBefore(first) ? report.begin() : first;
      last = report.begin().isAfter(last) ? report.begin() : last;
      if (reporters.size() < REPORTERS) {
        reporters.add(report.proven() ? report.organization() : "(" + report.organization() + ")");
      }
    }

    String line(Place place) {
      return Stream.of(
              place.domain(),
              place.source(),
              mails,
              dkim,
              spf,
              failed,
              none,
              quarantine,
              reject,
              LocalDate.ofInstant(first, ZoneOffset.UTC),
              LocalDate.ofInstant(last, ZoneOffset.UTC),
              String.join(", ", reporters))
          .map(Object::toString)
          .collect(Collectors.joining("\t"));
    }
  }

  @Override
  public String run(List<String> arguments, Content input) {
    Map<Place, Sum> sums = new HashMap<>();
    archive.each(
        report -> {
          if (arguments.isEmpty()
              || report.domain().equalsIgnoreCase(Domains.normalise(arguments.getFirst()))) {
            report.rows().forEach((row, count) -> sum(sums, report, row).add(report, row, count));
          }
        });
    return sums.entrySet().stream()
        .sorted(
            Comparator.comparingInt((Map.Entry<Place, Sum> each) -> each.getKey().proven() ? 0 : 1)
                .thenComparingLong(each -> -each.getValue().mails))
        .limit(LINES)
        .map(each -> each.getValue().line(each.getKey()))
        .collect(Collectors.joining("\n"));
  }

  private static Sum sum(Map<Place, Sum> sums, Archive.Kept report, ReportedRow row) {
    Place place = new Place(report.domain(), row.source(), report.proven());
    boolean known = sums.containsKey(place) || sums.size() < PLACES;
    return sums.computeIfAbsent(
        known ? place : new Place(OTHERS, OTHERS, report.proven()), _ -> new Sum());
  }
}
