package dev.postrider.dist.command;

import dev.postrider.dist.storage.StoreCheck;
import dev.postrider.kernel.store.rocks.VerificationReport;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code verify}: a look at everything in the store of a stopped server. */
@Command(
    name = "verify",
    description =
        "Checks every checksum, reference and counter of the store; changes nothing. The server has"
            + " to be stopped. Exit code 1 when something is wrong.")
final class VerifyCommand implements Callable<Integer> {

  private final Console console;

  @Mixin private final HomeOption home = new HomeOption();

  @Mixin private final JsonOption json = new JsonOption();

  VerifyCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    VerificationReport report = StoreCheck.of(home.existing());
    List<String> lines = new ArrayList<>();
    report.findings().forEach(finding -> lines.add(finding.toString()));
    if (report.more() > 0) {
      lines.add("and " + report.more() + " more");
    }
    if (report.pending() > 0) {
      lines.add(report.pending() + " commits are added to the index by the next start");
    }
    lines.add(
        "%d messages, %d contents, %d commits in %d segments: %s"
            .formatted(
                report.messages(),
                report.contents(),
                report.groups(),
                report.segments(),
                report.isClean()
                    ? "nothing is wrong"
                    : report.findings().size() + report.more() + " findings"));
    console.list(json.asked(), report, lines);
    return report.isClean() ? Console.DONE : Console.REFUSED;
  }
}
