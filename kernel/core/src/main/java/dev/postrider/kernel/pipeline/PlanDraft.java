package dev.postrider.kernel.pipeline;

import dev.postrider.plugin.Effect;
import dev.postrider.plugin.EmailAddress;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Recipient;
import dev.postrider.plugin.Status;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Collects the steps of a plan. */
final class PlanDraft {
  private final List<Plan.Step> steps = new ArrayList<>();

  Plan plan() {
    return new Plan(steps);
  }

  void effects(List<Effect> effects) {
    for (Effect effect : effects) {
      Plan.Step step =
          switch (effect) {
            case Effect.Deliver(var mail, var folder) -> new Plan.Step.Deliver(mail, folder);
            case Effect.Relay(var mail, var route) -> new Plan.Step.Relay(mail, route);
            case Effect.Bounce(var mail, var status) -> new Plan.Step.Bounce(mail, status);
            case Effect.Emit(var mail) -> new Plan.Step.Emit(mail);
          };
      if (!step.mail().recipients().isEmpty()) {
        steps.add(step);
      }
    }
  }

  /** Holds the recipients to whom no effect gives a fate. */
  void holdUncovered(Mail mail, List<Effect> effects, String processor, String reason) {
    Set<EmailAddress> covered = new HashSet<>();
    for (Effect effect : effects) {
      Mail about =
          switch (effect) {
            case Effect.Deliver(var each, var _) -> each;
            case Effect.Relay(var each, var _) -> each;
            case Effect.Bounce(var each, var _) -> each;
            case Effect.Emit _ -> mail.withRecipients(List.of());
          };
      about.recipients().forEach(each -> covered.add(each.address()));
    }
    List<Recipient> left =
        mail.recipients().stream().filter(each -> !covered.contains(each.address())).toList();
    if (!left.isEmpty()) {
      hold(mail.withRecipients(left), processor, reason);
    }
  }

  void refuse(Mail mail, Status status) {
    steps.add(new Plan.Step.Refuse(mail, status));
  }

  void defer(Mail mail, String processor, String reason) {
    steps.add(new Plan.Step.Defer(mail, processor, reason));
  }

  void hold(Mail mail, String processor, String reason) {
    steps.add(new Plan.Step.Hold(mail, processor, reason));
  }

  void discard(Mail mail, String reason) {
    steps.add(new Plan.Step.Discard(mail, reason));
  }
}
