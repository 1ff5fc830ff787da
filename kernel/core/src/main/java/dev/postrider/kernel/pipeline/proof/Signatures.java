package dev.postrider.kernel.pipeline.proof;

import dev.postrider.kernel.pipeline.Entry;
import dev.postrider.kernel.pipeline.Pipeline;
import dev.postrider.kernel.problem.Place;
import dev.postrider.kernel.problem.Problem;
import dev.postrider.plugin.Action;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * Nothing is changed that was signed on the same path (RFC 6376). To edit the body breaks the
 * signature: a problem. To edit the header breaks it where the field was signed: a notice.
 */
final class Signatures implements Question {

  private final Action edit;
  private final Map<String, Knowledge> starts;

  private Signatures(Pipeline pipeline, Action edit) {
    this.edit = edit;
    this.starts = Starts.all(pipeline, Knowledge.of(Map.of()));
  }

  static void check(
      Pipeline pipeline, Probes probes, Place file, List<Problem> problems, List<Problem> notices) {
    if (!Starts.anyDoes(pipeline, Action.SIGN)) {
      return;
    }
    search(
        pipeline,
        probes,
        Action.EDIT_BODY,
        (entry, signer) ->
            new Problem(
                entry.entry().place(),
                "'%s' changes a body that '%s' (%s) has signed: %s"
                    .formatted(
                        entry.entry().mailetText(),
                        signer.mailetText(),
                        signer.place(),
                        entry.path()),
                "sign after it"),
        file,
        problems,
        notices);
    search(
        pipeline,
        probes,
        Action.EDIT_HEADERS,
        (entry, signer) ->
            new Problem(
                entry.entry().place(),
                "'%s' may change a header field that '%s' (%s) has signed: %s"
                    .formatted(
                        entry.entry().mailetText(),
                        signer.mailetText(),
                        signer.place(),
                        entry.path()),
                "sign after it, unless the field is not signed"),
        file,
        notices,
        notices);
  }

  private static void search(
      Pipeline pipeline,
      Probes probes,
      Action edit,
      BiFunction<Violation, Entry, Problem> told,
      Place file,
      List<Problem> found,
      List<Problem> notices) {
    PathSearch.Result result =
        PathSearch.of(
            pipeline,
            new Signatures(pipeline, edit),
            new Cases(probes, Tracked.of(pipeline), true));
    for (Violation violation : result.violations()) {
      found.add(told.apply(violation, violation.mark().orElse(violation.entry())));
    }
    if (!result.complete()) {
      notices.add(Starts.tooLarge(file, "nothing changes what was signed"));
    }
  }

  @Override
  public Map<String, Knowledge> starts() {
    return starts;
  }

  @Override
  public Verdict verdict(Entry entry, Set<Action> does, Optional<Entry> mark) {
    if (mark.isPresent() && does.contains(edit)) {
      return new Verdict.Happens();
    }
    return new Verdict.GoOn(
        mark.or(() -> does.contains(Action.SIGN) ? Optional.of(entry) : Optional.empty()));
  }
}
