package dev.postrider.plugin.testkit;

import dev.postrider.plugin.Effect;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.Route;
import java.util.List;

/**
 * Asserts on what a mailet answered.
 *
 * @param given the mail it was given
 * @param outcome what it answered
 */
public record OutcomeAssert(Mail given, Outcome outcome) {

  /** The mail goes on with the next entry. */
  public MailAssert continues() {
    return new MailAssert(as(Outcome.Continue.class).mail());
  }

  /** The very mail that was given goes on, and nothing happens besides. */
  public void continuesUnchanged() {
    Outcome.Continue answer = as(Outcome.Continue.class);
    check(answer.mail().equals(given), "the mail to go on unchanged", answer.mail());
    check(answer.effects().isEmpty(), "no effects", answer.effects());
  }

  /** The mail goes on at the start of this processor. */
  public MailAssert goesTo(String processor) {
    Outcome.GoTo answer = as(Outcome.GoTo.class);
    check(answer.processor().name().equals(processor), "processor " + processor, answer);
    return new MailAssert(answer.mail());
  }

  /** The only effect is a delivery into this folder. */
  public MailAssert delivers(String folder) {
    Effect.Deliver effect = onlyEffect(Effect.Deliver.class);
    check(effect.folder().equals(folder), "delivery into " + folder, effect.folder());
    return new MailAssert(effect.mail());
  }

  /** The only effect is relaying by this route. */
  public MailAssert relays(Route route) {
    Effect.Relay effect = onlyEffect(Effect.Relay.class);
    check(effect.route().equals(route), "the route " + route, effect.route());
    return new MailAssert(effect.mail());
  }

  /** The only effect is a report with this enhanced status, such as {@code 5.1.1}. */
  public MailAssert bounces(String status) {
    Effect.Bounce effect = onlyEffect(Effect.Bounce.class);
    check(effect.status().enhanced().toString().equals(status), status, effect.status());
    return new MailAssert(effect.mail());
  }

  /** The only effect is a new mail. */
  public MailAssert emits() {
    return new MailAssert(onlyEffect(Effect.Emit.class).mail());
  }

  /** The mail is refused with a status that begins so, such as {@code 550} or {@code 550 5.7.1}. */
  public OutcomeAssert refuses(String status) {
    Outcome.Refuse answer = as(Outcome.Refuse.class);
    check(answer.status().toString().startsWith(status), "refusal with " + status, answer);
    return this;
  }

  /** The pipeline shall run again later. */
  public OutcomeAssert defers(String reason) {
    Outcome.Defer answer = as(Outcome.Defer.class);
    check(answer.reason().equals(reason), "deferral because of '" + reason + "'", answer);
    return this;
  }

  /** The mail is held for an admin. */
  public OutcomeAssert holds(String reason) {
    Outcome.Hold answer = as(Outcome.Hold.class);
    check(answer.reason().equals(reason), "hold because of '" + reason + "'", answer);
    return this;
  }

  /** The mail is dropped. */
  public OutcomeAssert discards() {
    as(Outcome.Discard.class);
    return this;
  }

  /** The effects, whether the mail goes on or not. */
  public List<Effect> effects() {
    return switch (outcome) {
      case Outcome.Continue answer -> answer.effects();
      case Outcome.Done answer -> answer.effects();
      case Outcome.GoTo _, Outcome.Refuse _, Outcome.Defer _, Outcome.Hold _, Outcome.Discard _ ->
          List.of();
    };
  }

  private <T extends Effect> T onlyEffect(Class<T> kind) {
    List<Effect> effects = effects();
    check(
        effects.size() == 1 && kind.isInstance(effects.getFirst()),
        "one effect " + kind.getSimpleName(),
        outcome);
    return kind.cast(effects.getFirst());
  }

  private <T extends Outcome> T as(Class<T> kind) {
    check(kind.isInstance(outcome), kind.getSimpleName(), outcome);
    return kind.cast(outcome);
  }

  static void check(boolean condition, String expected, Object actual) {
    if (!condition) {
      throw new AssertionError("expected " + expected + ", but was " + actual);
    }
  }
}
