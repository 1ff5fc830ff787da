package dev.postrider.kernel.pipeline;

import dev.postrider.plugin.Effect;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.Recipient;
import dev.postrider.plugin.Route;
import java.util.List;
import java.util.stream.Collectors;

/** Outcomes, effects and steps in words. */
public final class Words {
  private Words() {}

  static String of(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Continue(var mail, var effects) ->
          "goes on" + (effects.isEmpty() ? "" : ", besides " + of(effects));
      case Outcome.GoTo(var processor, var mail) -> "goes to processor " + processor;
      case Outcome.Done(var effects) -> effects.isEmpty() ? "done without an effect" : of(effects);
      case Outcome.Refuse(var status) -> "refuse " + status;
      case Outcome.Defer(var reason) -> "defer: " + reason;
      case Outcome.Hold(var reason) -> "hold: " + reason;
      case Outcome.Discard(var reason) -> "discard: " + reason;
    };
  }

  private static String of(List<Effect> effects) {
    return effects.stream().map(Words::of).collect(Collectors.joining(", "));
  }

  private static String of(Effect effect) {
    return switch (effect) {
      case Effect.Deliver(var mail, var folder) ->
          "deliver to " + folder + " of " + Trace.names(mail.recipients());
      case Effect.Relay(var mail, var route) ->
          "relay " + of(route) + " to " + Trace.names(mail.recipients());
      case Effect.Bounce(var mail, var status) ->
          "bounce " + Trace.names(mail.recipients()) + " with " + status;
      case Effect.Emit(var mail) -> "send a new mail to " + Trace.names(mail.recipients());
    };
  }

  static String of(Route route) {
    return switch (route) {
      case Route.Direct() -> "by MX";
      case Route.SmartHost host -> "through " + host.host() + ":" + host.port();
    };
  }

  /** A step of a plan. */
  public static String of(Plan.Step step) {
    String whom = Trace.names(step.mail().recipients());
    return switch (step) {
      case Plan.Step.Deliver(var mail, var folder) -> of(new Effect.Deliver(mail, folder));
      case Plan.Step.Relay(var mail, var route) -> of(new Effect.Relay(mail, route));
      case Plan.Step.Bounce(var mail, var status) -> of(new Effect.Bounce(mail, status));
      case Plan.Step.Emit(var mail) -> of(new Effect.Emit(mail));
      case Plan.Step.Refuse refuse -> "refuse " + whom + " with " + refuse.status();
      case Plan.Step.Defer defer ->
          "defer %s, again at %s: %s".formatted(whom, defer.processor(), defer.reason());
      case Plan.Step.Hold hold ->
          "hold %s, released at %s: %s".formatted(whom, hold.processor(), hold.reason());
      case Plan.Step.Discard discard -> "discard " + whom + ": " + discard.reason();
    };
  }

  /** What a step makes of each of its recipients: the same words for the same decision. */
  public static String fate(Plan.Step step) {
    Decision decision = Decision.of(step);
    return decision.done + decision.how;
  }

  /**
   * A step and one of its recipients, short and in a fixed form, for comparisons: {@code deliver
   * bob@example.test INBOX}. The way of a relayed mail is not part of it.
   */
  public static String compared(Plan.Step step, Recipient to) {
    Decision decision = Decision.of(step);
    boolean bare = step instanceof Plan.Step.Relay || step instanceof Plan.Step.Emit;
    return decision.verb + " " + to + (bare ? "" : " " + decision.how);
  }

  /**
   * What a step decides of each recipient alike.
   *
   * @param verb what is to be done
   * @param done the same once it was done, to be followed by how
   * @param how where to, by which way, with which status or why; may be empty
   */
  private record Decision(String verb, String done, String how) {

    static Decision of(Plan.Step step) {
      return switch (step) {
        case Plan.Step.Deliver deliver ->
            new Decision("deliver", "delivered to ", deliver.folder());
        case Plan.Step.Relay relay -> new Decision("relay", "relayed ", Words.of(relay.route()));
        case Plan.Step.Bounce bounce ->
            new Decision("bounce", "bounced with ", bounce.status().toString());
        case Plan.Step.Emit _ -> new Decision("emit", "sent a new mail", "");
        case Plan.Step.Refuse refuse ->
            new Decision("refuse", "refused with ", refuse.status().toString());
        case Plan.Step.Defer defer -> new Decision("defer", "deferred: ", defer.reason());
        case Plan.Step.Hold hold -> new Decision("hold", "held: ", hold.reason());
        case Plan.Step.Discard discard -> new Decision("discard", "discarded: ", discard.reason());
      };
    }
  }
}
