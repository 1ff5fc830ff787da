package dev.postrider.kernel.admin;

import dev.postrider.kernel.pipeline.Condition;
import dev.postrider.kernel.pipeline.Leg;
import dev.postrider.kernel.pipeline.NearMiss;
import dev.postrider.kernel.pipeline.TraceStep;
import dev.postrider.kernel.pipeline.Way;
import dev.postrider.kernel.pipeline.Words;
import dev.postrider.plugin.Recipient;
import java.util.ArrayList;
import java.util.List;

/**
 * A dry run, in plain values: for a program, and as lines for a person.
 *
 * @param runs of the session processors and of the pipeline, in their order
 * @param decisions one line per decision and recipient
 * @param whyNot entries that did not apply, the nearest first
 * @param lines all of it as text
 */
public record TraceReport(
    List<Run> runs, List<String> decisions, List<String> whyNot, List<String> lines) {

  private static final int NEAREST = 5;

  /**
   * A run of one processor and those it leads to.
   *
   * @param processor where it began
   * @param allowed whether it decided nothing and the session goes on
   * @param steps in the order they were worked off
   * @param plan what shall happen, in words
   */
  public record Run(String processor, boolean allowed, List<Step> steps, List<String> plan) {}

  /**
   * An entry, as the mail went past it.
   *
   * @param after the index of the step that the mail came from; -1 where it started
   * @param processor whose entry it is
   * @param place file and line
   * @param entry its text
   * @param recipients of the mail that came
   * @param matched for whom the mailet was called
   * @param conditions what the matchers inside of the entry's matcher answered
   * @param outcome in words; empty where nobody matched
   * @param changes of header fields, envelope and attributes
   * @param micros time spent in matcher and mailet, in microseconds
   */
  public record Step(
      int after,
      String processor,
      String place,
      String entry,
      List<String> recipients,
      List<String> matched,
      List<Answer> conditions,
      String outcome,
      List<String> changes,
      long micros) {}

  /**
   * What a matcher inside of another one answered.
   *
   * @param condition its text
   * @param matched for whom it holds
   * @param parts the matchers inside of it
   */
  public record Answer(String condition, List<String> matched, List<Answer> parts) {}

  static TraceReport of(Way way) {
    List<String> decisions =
        way.decisions().stream()
            .map(each -> each.recipient() + ": " + Words.of(each.step()))
            .toList();
    List<NearMiss> misses = way.nearMisses(NEAREST);
    List<String> lines = new ArrayList<>();
    way.legs().forEach(leg -> lines.addAll(leg.lines()));
    lines.addAll(NearMiss.lines(misses));
    return new TraceReport(
        way.legs().stream().map(TraceReport::run).toList(),
        decisions,
        misses.stream().map(NearMiss::text).toList(),
        lines);
  }

  private static Run run(Leg leg) {
    return new Run(
        leg.processor(),
        leg.allows(),
        leg.run().trace().steps().stream().map(TraceReport::step).toList(),
        leg.run().plan().steps().stream().map(Words::of).toList());
  }

  private static Step step(TraceStep step) {
    return new Step(
        step.after(),
        step.processor(),
        step.place().toString(),
        step.entry(),
        names(step.recipients()),
        names(step.matched()),
        step.conditions().stream().map(TraceReport::answer).toList(),
        step.outcome(),
        step.changes(),
        step.took().toNanos() / 1000);
  }

  private static Answer answer(Condition condition) {
    return new Answer(
        condition.text(),
        names(condition.matched()),
        condition.parts().stream().map(TraceReport::answer).toList());
  }

  private static List<String> names(List<Recipient> recipients) {
    return recipients.stream().map(Recipient::toString).toList();
  }
}
