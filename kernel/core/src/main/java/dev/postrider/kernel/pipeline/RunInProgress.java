package dev.postrider.kernel.pipeline;

import dev.postrider.kernel.port.Timers;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.ProcessorName;
import dev.postrider.plugin.Recipient;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run. Only the owning thread touches the fields; {@link StepGuard} hands them over when a
 * plugin does not come back.
 */
final class RunInProgress {
  private static final Logger LOG = LoggerFactory.getLogger(PipelineEngine.class);
  private static final int FAULT_LENGTH = 400;

  private final Pipeline pipeline;
  private final PipelinePolicy policy;
  private final Breakers breakers;
  private final StepGuard guard;
  private final CompletableFuture<PipelineRun> done = new CompletableFuture<>();
  private final Deque<Branch> waiting = new ArrayDeque<>();
  private final PlanDraft plan = new PlanDraft();
  private final List<Mail> passed = new ArrayList<>();
  private final TraceLog trace;
  private final RunObserver.Observation observation;
  private volatile @Nullable Thread owner;
  private int worked;

  RunInProgress(
      Pipeline pipeline,
      PipelinePolicy policy,
      Breakers breakers,
      TraceLog trace,
      Timers timers,
      KeptCarriers carriers,
      RunObserver.Observation observation) {
    this.pipeline = pipeline;
    this.policy = policy;
    this.breakers = breakers;
    this.trace = trace;
    this.observation = observation;
    this.guard = new StepGuard(timers, carriers, policy, breakers, this::own);
  }

  CompletableFuture<PipelineRun> start(String processor, Mail mail) {
    own(
        () -> {
          guard.start();
          enter(mail, start(processor), 0, -1);
        });
    return done;
  }

  // Not every pipeline treats these apart.
  private String start(String name) {
    boolean missing =
        (name.equals(Pipeline.MESSAGE) || name.equals(Pipeline.BOUNCES))
            && pipeline.processor(name).isEmpty();
    return missing ? Pipeline.ROOT : name;
  }

  private void own(Runnable first) {
    Thread thread = Thread.ofVirtual().name("pipeline").unstarted(() -> work(first));
    owner = thread;
    thread.start();
  }

  private void work(Runnable first) {
    try {
      first.run();
      while (owner == Thread.currentThread()) {
        Branch branch = waiting.pollLast();
        if (branch == null) {
          guard.end();
          PipelineRun run = new PipelineRun(plan.plan(), passed, trace.trace());
          observation.end(run);
          done.complete(run);
          return;
        }
        advance(branch);
      }
    } catch (RuntimeException | Error e) {
      guard.end();
      done.completeExceptionally(e);
    }
  }

  private void enter(Mail mail, String name, int hops, int after) {
    Optional<Processor> processor = pipeline.processor(name);
    if (processor.isEmpty()) {
      plan.hold(mail, Pipeline.ROOT, "there is no processor '" + name + "'");
    } else if (!mail.recipients().isEmpty()) {
      waiting.addLast(new Branch(mail, processor.get(), 0, hops, after));
    }
  }

  private void advance(Branch branch) {
    if (branch.atEnd()) {
      fallOff(branch);
    } else if (++worked > policy.stepLimit()) {
      hold(branch, branch.mail(), "more than " + policy.stepLimit() + " entries were worked off");
    } else {
      trace.begin();
      match(branch);
    }
  }

  private void fallOff(Branch branch) {
    switch (branch.processor().name()) {
      case Pipeline.CONNECT, Pipeline.SENDER, Pipeline.RECIPIENT -> passed.add(branch.mail());
      case Pipeline.MESSAGE -> enter(branch.mail(), Pipeline.ROOT, branch.hops(), branch.after());
      case String name -> {
        Optional<Released.Restart> again = Released.restart(branch.mail(), name, pipeline);
        if (again.isPresent()) {
          enter(again.get().mail(), again.get().processor(), branch.hops(), branch.after());
        } else {
          hold(branch, branch.mail(), "processor '" + name + "' ended without a decision");
        }
      }
    }
  }

  private void match(Branch branch) {
    Entry entry = branch.entry();
    if (entry.matchesEverything()) {
      process(branch, branch.mail().recipients());
    } else if (breakers.open(entry.matcher())) {
      matchFailed(branch, "the matcher failed too often lately", Optional.empty());
    } else {
      guard.<List<Recipient>>call(
          entry.matcher(),
          () -> observation.around(trace.noting(() -> Calls.match(entry, branch.mail()))),
          answer -> matched(branch, answer));
    }
  }

  private void matched(Branch branch, Answer<List<Recipient>> answer) {
    Entry entry = branch.entry();
    switch (answer) {
      case Answer.Given<List<Recipient>>(var recipients) -> {
        breakers.succeeded(entry.matcher(), entry);
        process(branch, recipients);
      }
      case Answer.NotCalled<List<Recipient>>(var reason) ->
          matchFailed(branch, "the matcher " + reason, Optional.empty());
      case Answer.Failed<List<Recipient>>(var reason, var cause) -> {
        breakers.failed(entry.matcher(), entry);
        matchFailed(branch, "the matcher " + reason, cause);
      }
    }
  }

  private void matchFailed(Branch branch, String reason, Optional<Throwable> cause) {
    log(branch, reason, cause);
    switch (branch.entry().onMatchException()) {
      case OnException.Skip _ -> {
        trace.step(branch, List.of(), reason + "; passed by", List.of());
        goOn(branch, branch.mail());
      }
      case OnException.MatchAll _ -> process(branch, branch.mail().recipients());
      case OnException.Defer _ -> {
        trace.step(branch, List.of(), reason + "; deferred", List.of());
        plan.defer(branch.mail(), branch.processor().name(), fault(branch, reason));
      }
      case OnException.GoTo(var target) -> {
        trace.step(branch, List.of(), reason + "; goes to processor " + target, List.of());
        goToAfterFault(branch, branch.mail(), target, reason);
      }
    }
  }

  private void process(Branch branch, List<Recipient> matched) {
    if (matched.isEmpty()) {
      trace.step(branch, matched, "", List.of());
      goOn(branch, branch.mail());
      return;
    }
    Entry entry = branch.entry();
    Mail mail = branch.part(matched);
    if (breakers.open(entry.mailet())) {
      processFailed(branch, mail, "the mailet failed too often lately", Optional.empty());
    } else {
      guard.<Outcome>call(
          entry.mailet(),
          () -> observation.around(() -> Calls.process(entry, mail, policy.recipientLimit())),
          answer -> processed(branch, mail, answer));
    }
  }

  private void processed(Branch branch, Mail mail, Answer<Outcome> answer) {
    Entry entry = branch.entry();
    switch (answer) {
      case Answer.Given<Outcome>(var outcome) -> {
        breakers.succeeded(entry.mailet(), entry);
        trace.outcome(branch, mail, outcome);
        apply(branch, mail, outcome);
      }
      case Answer.NotCalled<Outcome>(var reason) ->
          processFailed(branch, mail, "the mailet " + reason, Optional.empty());
      case Answer.Failed<Outcome>(var reason, var cause) -> {
        breakers.failed(entry.mailet(), entry);
        processFailed(branch, mail, "the mailet " + reason, cause);
      }
    }
  }

  private void processFailed(Branch branch, Mail mail, String reason, Optional<Throwable> cause) {
    log(branch, reason, cause);
    switch (branch.entry().onMailetException()) {
      case OnException.Skip _, OnException.MatchAll _ -> {
        trace.step(branch, mail.recipients(), reason + "; passed by", List.of());
        goOn(branch, branch.mail());
      }
      case OnException.Defer _ -> {
        trace.step(branch, mail.recipients(), reason + "; deferred", List.of());
        passBy(branch, mail);
        plan.defer(mail, branch.processor().name(), fault(branch, reason));
      }
      case OnException.GoTo(var target) -> {
        trace.step(branch, mail.recipients(), reason + "; goes to processor " + target, List.of());
        passBy(branch, mail);
        goToAfterFault(branch, mail, target, reason);
      }
    }
  }

  private void apply(Branch branch, Mail mail, Outcome outcome) {
    switch (outcome) {
      case Outcome.Continue(var after, var effects) -> {
        plan.effects(effects);
        if (isSame(mail, after)) {
          goOn(branch, branch.mail());
          return;
        }
        passBy(branch, mail);
        plan.holdUncovered(
            lost(mail, after),
            effects,
            branch.processor().name(),
            dropped(branch, "took them off the mail"));
        if (!after.recipients().isEmpty()) {
          goOn(branch, after);
        }
      }
      case Outcome.GoTo(var target, var _) when Released.isFrom(mail, target) ->
          goOn(branch, branch.mail());
      case Outcome.GoTo(var target, var after) -> {
        passBy(branch, mail);
        plan.holdUncovered(
            lost(mail, after),
            List.of(),
            branch.processor().name(),
            dropped(branch, "took them off the mail"));
        goTo(branch, after, target);
      }
      case Outcome.Done(var effects) -> {
        passBy(branch, mail);
        plan.effects(effects);
        plan.holdUncovered(
            mail, effects, branch.processor().name(), dropped(branch, "no effect covers them"));
      }
      case Outcome.Refuse(var status) -> {
        passBy(branch, mail);
        plan.refuse(mail, status);
      }
      case Outcome.Defer(var reason) -> {
        passBy(branch, mail);
        plan.defer(mail, branch.processor().name(), reason);
      }
      case Outcome.Hold(var reason) -> {
        if (mail.attribute(PipelineEngine.RELEASED).filter(reason::equals).isPresent()) {
          goOn(branch, branch.mail());
        } else {
          passBy(branch, mail);
          plan.hold(mail, branch.processor().name(), reason);
        }
      }
      case Outcome.Discard(var reason) -> {
        passBy(branch, mail);
        plan.discard(mail, reason);
      }
    }
  }

  // Parts that are alike again are one mail again, so that later mailets see it once.
  @SuppressWarnings("ReferenceEquality") // a message has no other equality
  private static boolean isSame(Mail before, Mail after) {
    return before == after
        || (before.message() == after.message()
            && before.envelope().equals(after.envelope())
            && before.attributes().equals(after.attributes()));
  }

  // A mailet may replace recipients by others; those it only takes off have no fate yet.
  private static Mail lost(Mail before, Mail after) {
    if (before.recipients().equals(after.recipients())) {
      return before.withRecipients(List.of());
    }
    Set<Recipient> known = Set.copyOf(before.recipients());
    Set<Recipient> left = Set.copyOf(after.recipients());
    return before.withRecipients(
        known.containsAll(left)
            ? before.recipients().stream().filter(each -> !left.contains(each)).toList()
            : List.of());
  }

  private void goOn(Branch branch, Mail mail) {
    waiting.addLast(branch.next(mail, trace.last()));
  }

  private void passBy(Branch branch, Mail matched) {
    List<Recipient> rest = branch.without(matched.recipients());
    if (!rest.isEmpty()) {
      goOn(branch, branch.part(rest));
    }
  }

  private void goTo(Branch branch, Mail mail, ProcessorName target) {
    if (branch.hops() + 1 > policy.hopLimit()) {
      String reason =
          "went to another processor more than %d times, last from '%s' to '%s'"
              .formatted(policy.hopLimit(), branch.processor().name(), target);
      LOG.warn("{}: mail {} {}", branch.entry().place(), mail.id(), reason);
      hold(branch, mail, reason);
    } else {
      enter(mail, target.name(), branch.hops() + 1, trace.last());
    }
  }

  private void goToAfterFault(Branch branch, Mail mail, ProcessorName target, String reason) {
    String fault = fault(branch, reason);
    if (target.name().equals(branch.processor().name())) {
      hold(branch, mail, fault);
    } else {
      goTo(branch, Released.withFault(mail, fault, branch.processor().name()), target);
    }
  }

  private void hold(Branch branch, Mail mail, String reason) {
    plan.hold(mail, branch.processor().name(), reason);
  }

  private String dropped(Branch branch, String why) {
    return branch.entry().place() + " " + branch.entry().mailetText() + ": " + why;
  }

  private static String fault(Branch branch, String reason) {
    String text = branch.entry().place() + " " + branch.entry() + ": " + reason;
    return text.length() > FAULT_LENGTH ? text.substring(0, FAULT_LENGTH) : text;
  }

  private void log(Branch branch, String reason, Optional<Throwable> cause) {
    LOG.warn(
        "{}: {}: {}; mail {}",
        branch.entry().place(),
        branch.entry(),
        reason,
        branch.mail().id(),
        cause.orElse(null));
  }
}
