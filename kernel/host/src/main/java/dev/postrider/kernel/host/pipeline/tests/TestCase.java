package dev.postrider.kernel.host.pipeline.tests;

import dev.postrider.kernel.pipeline.Arrival;
import dev.postrider.kernel.problem.Place;
import java.util.List;

/**
 * A {@code <test>}.
 *
 * @param name what it shows
 * @param place where it is written
 * @param arrival the mail
 * @param world what is outside of the pipeline
 * @param expectations at least one
 */
record TestCase(
    String name, Place place, Arrival arrival, World world, List<Expectation> expectations) {
  TestCase {
    expectations = List.copyOf(expectations);
  }
}
