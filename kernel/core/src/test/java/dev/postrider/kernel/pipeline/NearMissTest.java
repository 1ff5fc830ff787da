package dev.postrider.kernel.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.kernel.problem.Place;
import dev.postrider.plugin.Combination;
import dev.postrider.plugin.EmailAddress;
import dev.postrider.plugin.Recipient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NearMissTest {

  private static final Place PLACE = new Place("pipeline.xml", 5);
  private static final List<Recipient> BOB =
      List.of(Recipient.of(EmailAddress.parse("bob@example.test")));

  private static Condition yes(String text) {
    return new Condition(text, PLACE, BOB, Optional.empty(), List.of());
  }

  private static Condition no(String text) {
    return new Condition(text, PLACE, List.of(), Optional.empty(), List.of());
  }

  private static Condition of(Combination how, boolean matched, Condition... parts) {
    return new Condition(
        how.name(), PLACE, matched ? BOB : List.of(), Optional.of(how), List.of(parts));
  }

  private static String why(Combination how, Condition... parts) {
    TraceStep step =
        new TraceStep(
            -1,
            "root",
            PLACE,
            "entry",
            BOB,
            List.of(),
            Optional.of(how),
            List.of(parts),
            "",
            List.of(),
            Duration.ZERO);
    return NearMiss.of(List.of(step), 1).getFirst().text();
  }

  @Test
  void whereAllHaveToMatchThoseStandAgainstItThatDidNot() {
    assertThat(why(Combination.ALL, yes("A"), no("B"), no("C")))
        .endsWith(": B did not match, C did not match");
  }

  @Test
  void whereNoneMayMatchThoseStandAgainstItThatDid() {
    assertThat(why(Combination.NONE, no("A"), yes("B"))).endsWith("entry: B matched");
  }

  @Test
  void anInnerMatcherThatAnsweredAsItShouldStandsAgainstNothing() {
    assertThat(
            why(
                Combination.ALL,
                of(Combination.ANY, true, no("A"), yes("B")),
                of(Combination.NONE, false, no("C"), yes("D"))))
        .endsWith("entry: D matched");
    assertThat(why(Combination.NONE, of(Combination.ALL, true, yes("A"), yes("B"))))
        .endsWith("entry: A matched, B matched");
  }
}
