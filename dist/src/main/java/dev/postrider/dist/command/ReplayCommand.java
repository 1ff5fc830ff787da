package dev.postrider.dist.command;

import dev.postrider.dist.pipeline.Flights;
import dev.postrider.kernel.host.flight.Flight;
import dev.postrider.kernel.pipeline.NearMiss;
import dev.postrider.kernel.pipeline.PipelineRun;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code replay}: a recorded run again. */
@Command(
    name = "replay",
    footer = {
      "",
      "For example: postrider replay --home /srv/mail 0mx43nbrk000zi0yrmpn42op",
      "The id is in the reply that the client got, in the log and in the queue."
    },
    description =
        "Runs a recorded mail again on the pipeline and the answers of then, with the network off.")
final class ReplayCommand implements Callable<Integer> {

  private static final int NEAREST = 5;

  private record Shown(
      String at,
      String processor,
      boolean same,
      String note,
      List<Flight.Fate> then,
      List<Flight.Fate> now,
      List<String> unknown,
      List<String> trace) {}

  private final Console console;

  @Mixin private final HomeOption home = new HomeOption();

  @Mixin private final JsonOption json = new JsonOption();

  @Parameters(paramLabel = "ID", description = "the mail's id, as in the log and the queue")
  private String id = "";

  ReplayCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    List<Shown> shown = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    boolean same = true;
    for (Flights.Replayed replayed : Flights.replay(home.existing(), id)) {
      Shown one = shown(replayed);
      shown.add(one);
      lines.addAll(lines(one));
      same &= one.same();
    }
    console.list(json.asked(), shown, lines);
    return same ? Console.DONE : Console.REFUSED;
  }

  private static Shown shown(Flights.Replayed replayed) {
    PipelineRun run = replayed.result().run();
    List<String> trace = new ArrayList<>(run.trace().lines(run.plan()));
    trace.addAll(NearMiss.lines(run.trace().nearMisses(NEAREST)));
    return new Shown(
        replayed.flight().at().toString(),
        replayed.flight().processor(),
        replayed.result().same(),
        replayed.note(),
        replayed.flight().fates(),
        replayed.result().fates(),
        replayed.result().unknown().stream().sorted().toList(),
        trace);
  }

  private static List<String> lines(Shown shown) {
    List<String> out = new ArrayList<>();
    out.add("run of " + shown.at() + " at processor " + shown.processor());
    shown.trace().forEach(line -> out.add("  " + line));
    if (!shown.note().isEmpty()) {
      out.add("  note: " + shown.note());
    }
    shown.unknown().forEach(each -> out.add("  asked, and not recorded: " + each));
    out.add(
        shown.same()
            ? "the same as then, octet for octet"
            : "DIFFERENT from then, which was: " + String.join("; ", told(shown.then())));
    return out;
  }

  private static List<String> told(List<Flight.Fate> fates) {
    return fates.stream().map(each -> each.recipient() + " " + each.fate()).toList();
  }
}
