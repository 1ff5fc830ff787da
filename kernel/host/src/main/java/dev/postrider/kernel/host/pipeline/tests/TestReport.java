package dev.postrider.kernel.host.pipeline.tests;

import dev.postrider.kernel.problem.Place;
import dev.postrider.kernel.problem.Problem;
import java.time.Duration;
import java.util.List;

/**
 * What the tests of a pipeline came to.
 *
 * @param results in the order of the file
 * @param coverage which branches they took
 */
public record TestReport(List<Result> results, Coverage coverage) {

  /** Of a pipeline without tests that nobody asked to cover. */
  public static final TestReport NONE = new TestReport(List.of(), new Coverage(List.of()));

  /** Copies the list. */
  public TestReport {
    results = List.copyOf(results);
  }

  /**
   * What one test came to.
   *
   * @param name of the test
   * @param place where it is written
   * @param unmet what was otherwise than expected; none where it passed
   * @param took how long
   */
  public record Result(String name, Place place, List<Problem> unmet, Duration took) {
    /** Copies the list. */
    public Result {
      unmet = List.copyOf(unmet);
    }
  }

  /** All that was otherwise than expected. */
  public List<Problem> problems() {
    return results.stream().flatMap(result -> result.unmet().stream()).toList();
  }
}
