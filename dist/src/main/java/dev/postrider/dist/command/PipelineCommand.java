package dev.postrider.dist.command;

import dev.postrider.dist.pipeline.Pipelines;
import dev.postrider.kernel.host.pipeline.tests.Coverage;
import dev.postrider.kernel.host.pipeline.tests.TestReport;
import dev.postrider.kernel.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code pipeline test} and {@code pipeline coverage}. */
@Command(name = "pipeline", description = "The tests that conf/pipeline.xml holds.")
final class PipelineCommand {

  /** A test, in words. */
  private record Tested(
      String name, String place, boolean passed, List<String> unmet, long micros) {}

  /** A side of a matcher that no test takes, in words. */
  private record Open(String place, String processor, String text, boolean matches) {}

  private record Covered(int branches, int taken, List<Open> open) {}

  private final Console console;

  PipelineCommand(Console console) {
    this.console = console;
  }

  @Command(description = "Runs the tests and shows each.")
  int test(@Mixin HomeOption home, @Mixin JsonOption json) {
    TestReport report = Pipelines.tests(home.existing());
    List<Tested> tested = report.results().stream().map(PipelineCommand::tested).toList();
    List<String> lines = new ArrayList<>();
    for (TestReport.Result result : report.results()) {
      lines.add(
          "%s  %s  %s  (%.1f ms)"
              .formatted(
                  result.unmet().isEmpty() ? "passed" : "FAILED",
                  result.place(),
                  result.name(),
                  result.took().toNanos() / 1e6));
      result.unmet().forEach(problem -> lines.add("        " + problem));
    }
    long failed = report.results().stream().filter(result -> !result.unmet().isEmpty()).count();
    lines.add(tested.size() + " tests, " + failed + " failed");
    console.list(json.asked(), tested, lines);
    return failed == 0 ? Console.DONE : Console.REFUSED;
  }

  private static Tested tested(TestReport.Result result) {
    return new Tested(
        result.name(),
        result.place().toString(),
        result.unmet().isEmpty(),
        result.unmet().stream().map(Problem::toString).toList(),
        result.took().toNanos() / 1000);
  }

  @Command(description = "Shows the matchers and branches that no test takes.")
  int coverage(@Mixin HomeOption home, @Mixin JsonOption json) {
    Coverage coverage = Pipelines.tests(home.existing()).coverage();
    List<Coverage.Branch> open = coverage.open();
    int all = coverage.branches().size();
    List<String> lines = new ArrayList<>(open.stream().map(Coverage.Branch::toString).toList());
    lines.add((all - open.size()) + " of " + all + " branches are taken by a test");
    Covered covered =
        new Covered(
            all,
            all - open.size(),
            open.stream()
                .map(
                    branch ->
                        new Open(
                            branch.place().toString(),
                            branch.processor(),
                            branch.text(),
                            branch.matches()))
                .toList());
    return console.list(json.asked(), covered, lines);
  }
}
