package dev.postrider.kernel.host.pipeline.tests;

import dev.postrider.kernel.host.plugin.PluginServices;
import dev.postrider.kernel.host.xml.Problems;
import dev.postrider.kernel.host.xml.XmlNode;
import dev.postrider.kernel.pipeline.Passage;
import dev.postrider.kernel.pipeline.Pipeline;
import dev.postrider.kernel.pipeline.PipelineEngine;
import dev.postrider.kernel.pipeline.PipelinePolicy;
import dev.postrider.kernel.pipeline.Way;
import dev.postrider.kernel.port.Timers;
import dev.postrider.kernel.problem.Problem;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Runs the tests of a pipeline on matchers and mailets made for it, with the name servers,
 * directory and time that each test states. Thread: any; waits for the plugins.
 */
public final class TestBench {

  /** How long all tests of a pipeline may take together. */
  public static final Duration BUDGET = Duration.ofSeconds(20);

  private static final Duration STEP = Duration.ofSeconds(2);

  private final InstantSource clock;
  private final Timers timers;
  private final Duration budget;

  /**
   * A bench.
   *
   * @param clock says how much of the budget is used
   * @param timers end a plugin that does not come back
   * @param budget how long all tests of a pipeline may take together; those that don't fit fail
   */
  public TestBench(InstantSource clock, Timers timers, Duration budget) {
    this.clock = clock;
    this.timers = timers;
    this.budget = budget;
  }

  /**
   * Reads and runs the tests.
   *
   * @param tests the {@code <test>} elements
   * @param folder files of mails are named relative to it
   * @param sound the pipeline that shall be used
   * @param again makes it once more, with plugins that are lent these services
   * @param problems gets what is wrong with the tests themselves, not what they find
   */
  public TestReport run(
      List<XmlNode> tests,
      Path folder,
      Pipeline sound,
      Function<PluginServices, Pipeline> again,
      Problems problems) {
    if (tests.isEmpty()) {
      return new TestReport(List.of(), Coverage.of(sound, List.of()));
    }
    TestReader reader = new TestReader(folder, problems);
    List<TestCase> cases = tests.stream().map(reader::read).flatMap(Optional::stream).toList();
    if (!problems.isEmpty()) {
      return TestReport.NONE;
    }
    Scenery scenery = new Scenery();
    Pipeline made = again.apply(scenery.services());
    PipelineEngine engine =
        new PipelineEngine(PipelinePolicy.defaults().withStepDeadline(STEP), clock, timers);
    Instant end = clock.instant().plus(budget);
    List<TestReport.Result> results = new ArrayList<>();
    List<Way> ways = new ArrayList<>();
    for (TestCase test : cases) {
      Instant begin = clock.instant();
      if (begin.isAfter(end)) {
        results.add(new TestReport.Result(test.name(), test.place(), late(test), Duration.ZERO));
        continue;
      }
      scenery.set(test.world());
      Way way = new Passage(engine, made).of(test.arrival());
      ways.add(way);
      List<Problem> unmet =
          test.expectations().stream().flatMap(each -> each.unmet(test, way).stream()).toList();
      Duration took = Duration.between(begin, clock.instant());
      results.add(new TestReport.Result(test.name(), test.place(), unmet, took));
    }
    return new TestReport(results, Coverage.of(made, ways));
  }

  private List<Problem> late(TestCase test) {
    return List.of(
        new Problem(
            test.place(),
            "test '%s' was not run: the tests before it took longer than %d s"
                .formatted(test.name(), budget.toSeconds()),
            "remove tests, or mend the plugin that takes its time"));
  }
}
