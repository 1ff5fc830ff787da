package dev.postrider.dist.command;

import dev.postrider.dist.home.Refusal;
import dev.postrider.dist.pipeline.Flights;
import dev.postrider.kernel.host.flight.Flight;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code plan}: what a changed pipeline would have done. */
@Command(
    name = "plan",
    footer = {"", "For example: postrider plan --home /srv/mail --pipeline new.xml --last 1000"},
    description =
        "Runs recorded mails through a changed pipeline and shows whose fate would change.")
final class PlanCommand implements Callable<Integer> {

  private static final int EXAMPLES = 3;

  /** Recipients whose fate would change in the same way. */
  private record Change(String then, String now, int recipients, Set<String> mails) {}

  private record Planned(int mails, int changed, int unanswered, List<Change> changes) {}

  private record Kind(String then, String now) {}

  private final Console console;

  @Mixin private final HomeOption home = new HomeOption();

  @Mixin private final JsonOption json = new JsonOption();

  @Option(
      names = "--pipeline",
      required = true,
      paramLabel = "NEW.xml",
      description = "the changed pipeline")
  private Path pipeline = Path.of("");

  @Option(
      names = "--last",
      paramLabel = "N",
      defaultValue = "1000",
      description = "how many recorded mails, the latest (default: ${DEFAULT-VALUE})")
  private int last;

  PlanCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (!Files.isRegularFile(pipeline)) {
      throw new Refusal("there is no file " + pipeline);
    }
    List<Flights.Replayed> runs = Flights.plan(home.existing(), pipeline, last);
    Map<Kind, List<String>> groups = new LinkedHashMap<>();
    int changed = 0;
    int unanswered = 0;
    for (Flights.Replayed run : runs) {
      changed += count(run, groups) ? 1 : 0;
      unanswered += run.result().unknown().isEmpty() ? 0 : 1;
    }
    List<Change> changes =
        groups.entrySet().stream()
            .map(
                each ->
                    new Change(
                        each.getKey().then(),
                        each.getKey().now(),
                        each.getValue().size(),
                        new HashSet<>(each.getValue())))
            .sorted(Comparator.comparingInt(Change::recipients).reversed())
            .toList();
    Planned planned = new Planned(runs.size(), changed, unanswered, changes);
    return console.list(json.asked(), planned, lines(planned));
  }

  private static boolean count(Flights.Replayed run, Map<Kind, List<String>> groups) {
    Map<String, String> then = byRecipient(run.flight().fates());
    Map<String, String> now = byRecipient(run.result().fates());
    Set<String> all = new HashSet<>(then.keySet());
    all.addAll(now.keySet());
    boolean changed = false;
    for (String recipient : all) {
      Kind kind =
          new Kind(then.getOrDefault(recipient, "nothing"), now.getOrDefault(recipient, "nothing"));
      if (!kind.then().equals(kind.now())) {
        groups.computeIfAbsent(kind, none -> new ArrayList<>()).add(run.flight().mail().id());
        changed = true;
      }
    }
    return changed;
  }

  private static Map<String, String> byRecipient(List<Flight.Fate> fates) {
    return fates.stream()
        .collect(
            Collectors.toMap(Flight.Fate::recipient, Flight.Fate::fate, (a, b) -> a + ", " + b));
  }

  private static List<String> lines(Planned planned) {
    List<String> out = new ArrayList<>();
    for (Change change : planned.changes()) {
      out.add(
          "%d recipient%s: %s -> %s"
              .formatted(
                  change.recipients(),
                  change.recipients() == 1 ? "" : "s",
                  change.then(),
                  change.now()));
      change.mails().stream().sorted().limit(EXAMPLES).forEach(id -> out.add("    " + id));
    }
    out.add(
        "%d of %d recorded mails would have another fate"
            .formatted(planned.changed(), planned.mails()));
    if (planned.unanswered() > 0) {
      out.add(
          planned.unanswered()
              + " mails led to questions that were not asked then; they count as failed lookups");
    }
    return out;
  }
}
