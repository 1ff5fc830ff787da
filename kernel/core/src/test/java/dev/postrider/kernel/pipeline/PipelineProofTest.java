package dev.postrider.kernel.pipeline;

import static dev.postrider.kernel.pipeline.Pipelines.KEEP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.kernel.pipeline.proof.PipelineProof;
import dev.postrider.kernel.problem.Place;
import dev.postrider.kernel.problem.Problem;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.ProcessorName;
import java.util.List;
import org.junit.jupiter.api.Test;

class PipelineProofTest {
  private static final Place FILE = new Place("pipeline.xml", 0);

  private static List<String> problems(Pipelines pipeline) {
    return PipelineProof.of(pipeline.build(), FILE, "trace", Patience.standard())
        .problems()
        .stream()
        .map(Problem::toString)
        .toList();
  }

  private static Pipelines sane() {
    return Pipelines.with("error").end(KEEP).and("root");
  }

  @Test
  void aPipelineThatEndsEverywhereHasNoProblem() {
    assertThat(
            problems(
                sane()
                    .all(Outcome::next)
                    .someTo("spam")
                    .to("transport")
                    .and("spam")
                    .end(KEEP)
                    .and("transport")
                    .some(Pipelines.ALL, KEEP)
                    .end(KEEP)))
        .isEmpty();
  }

  @Test
  void rootAndErrorHaveToBeThere() {
    assertThat(problems(Pipelines.with("transport").end(KEEP)))
        .containsExactly(
            "pipeline.xml: there is no processor 'root', but every mail starts there;"
                + " add <processor state=\"root\">",
            "pipeline.xml: there is no processor 'error', but failed plugins lead there;"
                + " add <processor state=\"error\">");
  }

  @Test
  void aTargetThatDoesNotExistIsNamedWithTheNearestOneThatDoes() {
    assertThat(problems(sane().to("trasport").and("transport").end(KEEP)))
        .containsExactly(
            "pipeline.xml:4: ToProcessor goes to processor 'trasport', which does not exist;"
                + " did you mean 'transport'?");
  }

  @Test
  void targetsOfExceptionsAreCheckedToo() {
    OnException lost = new OnException.GoTo(new ProcessorName("xyzzy"));
    assertThat(problems(sane().some(Pipelines.ALL, KEEP, lost, lost).end(KEEP)))
        .containsExactly(
            "pipeline.xml:4: Mailet goes on a match exception to processor 'xyzzy', which does not"
                + " exist; add <processor state=\"xyzzy\">",
            "pipeline.xml:4: Mailet goes on a mailet exception to processor 'xyzzy', which does not"
                + " exist; add <processor state=\"xyzzy\">");
  }

  @Test
  void fallingOffIsShownWithTheWholePath() {
    assertThat(
            problems(
                sane()
                    .someTo("transport")
                    .end(KEEP)
                    .and("transport")
                    .to("local")
                    .and("local")
                    .someTo("error")))
        .containsExactly(
            "pipeline.xml:8: mail can fall off the end of processor 'local': root → match=\"Some\""
                + " class=\"ToProcessor\" (pipeline.xml:4) → transport → match=\"All\""
                + " class=\"ToProcessor\" (pipeline.xml:7) → local → match=\"Some\""
                + " class=\"ToProcessor\" (pipeline.xml:9) does not match → falls off; end it with"
                + " an entry for all that decides, such as <mailet match=\"All\" class=\"Hold\"/>");
  }

  @Test
  void anEmptyProcessorFallsOff() {
    assertThat(problems(sane()))
        .singleElement()
        .asString()
        .contains("processor 'root': root → no entry → falls off");
  }

  @Test
  void aProcessorThatNobodyGoesToMayBeUnfinished() {
    assertThat(problems(sane().end(KEEP).and("draft").all(Outcome::next))).isEmpty();
  }

  @Test
  void sessionProcessorsMayFallOffButNotWhatTheyGoTo() {
    assertThat(
            problems(
                sane()
                    .end(KEEP)
                    .and("connect")
                    .all(Outcome::next)
                    .and("message")
                    .all(Outcome::next)
                    .and("recipient")
                    .someTo("checks")
                    .and("checks")
                    .all(Outcome::next)))
        .singleElement()
        .asString()
        .contains("recipient → match=\"Some\" class=\"ToProcessor\"", "→ checks →");
  }

  @Test
  void aCircleWithoutWayOutIsAProblemAndAConditionalOneIsNot() {
    assertThat(problems(sane().to("a").and("a").someTo("error").to("b").and("b").to("a")))
        .containsExactly(
            "pipeline.xml:7: mail goes round in a circle: a → b → a; let one of these processors"
                + " end with a decision");
    assertThat(problems(sane().to("a").and("a").someTo("root").end(KEEP))).isEmpty();
  }

  @Test
  void anEntryAfterOneThatDecidesForAllIsNeverReached() {
    assertThat(problems(sane().end(KEEP).all(Outcome::next).all(Outcome::next)))
        .containsExactly(
            "pipeline.xml:5: match=\"Some\" class=\"Mailet\" is never reached: match=\"All\""
                + " class=\"Keep\" (pipeline.xml:4) decides for every mail before it; move it up or"
                + " remove it");
  }

  @Test
  void aMailThatFailsCanBePassedOnToTheNextEntry() {
    Pipelines pipeline = sane().end(KEEP);
    Entry strict = pipeline.last();
    Pipelines lenient =
        sane()
            .entry(
                new Entry(
                    strict.place(),
                    strict.matchText(),
                    strict.matcher(),
                    strict.criterion(),
                    strict.mailetText(),
                    strict.mailet(),
                    true,
                    strict.does(),
                    List.of(),
                    strict.onMatchException(),
                    new OnException.Skip()))
            .end(KEEP);
    assertThat(problems(lenient)).isEmpty();
  }
}
