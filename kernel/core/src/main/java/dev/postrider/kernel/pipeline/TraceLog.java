package dev.postrider.kernel.pipeline;

import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.Recipient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Collects the steps of one run; where the run is not traced it does nothing. */
final class TraceLog {
  private final InstantSource clock;
  private final boolean on;
  private final List<TraceStep> steps = new ArrayList<>();
  private Instant began = Instant.EPOCH;
  private ConditionLog conditions = new ConditionLog();

  TraceLog(InstantSource clock, boolean on) {
    this.clock = clock;
    this.on = on;
  }

  Trace trace() {
    return on ? new Trace(steps) : Trace.NONE;
  }

  /** The number of the latest step. */
  int last() {
    return steps.size() - 1;
  }

  void begin() {
    if (on) {
      began = clock.instant();
      conditions = new ConditionLog();
    }
  }

  /** The question to a matcher, with what is inside of the matcher noted. */
  <T> Supplier<T> noting(Supplier<T> question) {
    if (!on) {
      return question;
    }
    ConditionLog log = conditions;
    return () -> ScopedValue.where(ConditionLog.CURRENT, log).call(question::get);
  }

  void outcome(Branch branch, Mail mail, Outcome outcome) {
    if (on) {
      List<String> changes =
          switch (outcome) {
            case Outcome.Continue(var after, var _) -> MailChanges.between(mail, after);
            case Outcome.GoTo(var _, var after) -> MailChanges.between(mail, after);
            case Outcome.Done _,
                Outcome.Refuse _,
                Outcome.Defer _,
                Outcome.Hold _,
                Outcome.Discard _ ->
                List.of();
          };
      step(branch, mail.recipients(), Words.of(outcome), changes);
    }
  }

  void step(Branch branch, List<Recipient> matched, String outcome, List<String> changes) {
    if (on) {
      steps.add(
          new TraceStep(
              branch.after(),
              branch.processor().name(),
              branch.entry().place(),
              branch.entry().toString(),
              branch.mail().recipients(),
              matched,
              branch.entry().criterion().combination(),
              conditions.conditions(),
              outcome,
              changes,
              Duration.between(began, clock.instant())));
    }
  }
}
