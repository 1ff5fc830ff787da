package dev.postrider.kernel.pipeline.proof;

import dev.postrider.kernel.pipeline.Entry;
import dev.postrider.kernel.pipeline.Pipeline;
import dev.postrider.kernel.problem.Place;
import dev.postrider.kernel.problem.Problem;
import dev.postrider.plugin.Action;
import dev.postrider.plugin.Fact;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A mail with the null sender never causes a report or an answer (RFC 5321 §6.1). The server sends
 * no report to the null sender; so it takes a mailet that puts another sender in its place, or one
 * that answers regardless.
 */
final class NullSenders implements Question {

  private static final Set<Action> CAN_END_IN_A_REPORT =
      Set.of(Action.BOUNCE, Action.REFUSE, Action.DEFER, Action.RELAY);

  private final Map<String, Knowledge> starts;

  private NullSenders(Pipeline pipeline) {
    this.starts = Starts.all(pipeline, Knowledge.of(Map.of(Fact.NULL_SENDER, true)));
  }

  static void check(
      Pipeline pipeline,
      Counterexamples examples,
      Place file,
      List<Problem> problems,
      List<Problem> notices) {
    if (!Starts.anyDoes(pipeline, Action.CHANGE_SENDER, Action.REPLY)) {
      return;
    }
    PathSearch.Result result =
        PathSearch.of(
            pipeline,
            new NullSenders(pipeline),
            new Cases(examples.probes(), Tracked.of(pipeline), true));
    for (Violation violation : result.violations()) {
      problems.add(
          new Problem(
              violation.entry().place(),
              what(violation),
              "let such mail past with notmatch=\"SenderIsNull\" at "
                  + violation.mark().orElse(violation.entry()).place()
                  + "; see it with: "
                  + examples.ofNullSender(violation)));
    }
    if (!result.complete()) {
      notices.add(Starts.tooLarge(file, "no mail with the null sender causes a report"));
    }
  }

  private static String what(Violation violation) {
    String mailet = violation.entry().mailetText();
    return violation
        .mark()
        .map(
            changed ->
                "'%s' may cause a report about a mail with the null sender, which '%s' (%s) replaces: %s"
                    .formatted(mailet, changed.mailetText(), changed.place(), violation.path()))
        .orElseGet(
            () ->
                "'%s' answers a mail with the null sender: %s".formatted(mailet, violation.path()));
  }

  @Override
  public Map<String, Knowledge> starts() {
    return starts;
  }

  @Override
  public Verdict verdict(Entry entry, Set<Action> does, Optional<Entry> mark) {
    Optional<Entry> changed =
        mark.or(() -> does.contains(Action.CHANGE_SENDER) ? Optional.of(entry) : Optional.empty());
    if (does.contains(Action.REPLY)
        || (mark.isPresent() && does.stream().anyMatch(CAN_END_IN_A_REPORT::contains))) {
      return new Verdict.Happens();
    }
    return new Verdict.GoOn(changed);
  }
}
