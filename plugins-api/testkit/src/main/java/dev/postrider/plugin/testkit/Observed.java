package dev.postrider.plugin.testkit;

import dev.postrider.plugin.Action;
import dev.postrider.plugin.Does;
import dev.postrider.plugin.Effect;
import dev.postrider.plugin.HeaderField;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Mailet;
import dev.postrider.plugin.Message;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.Recipient;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What a mailet did to a mail, in the words with which it declares it ({@link Does}). */
public final class Observed {

  private Observed() {}

  /** The actions that an outcome shows. */
  public static Set<Action> actions(Mail before, Outcome outcome) {
    Set<Action> seen = EnumSet.noneOf(Action.class);
    switch (outcome) {
      case Outcome.Continue(var after, var effects) -> {
        compare(before, after, seen);
        effects.forEach(effect -> effect(before, effect, seen));
      }
      case Outcome.GoTo(var _, var after) -> compare(before, after, seen);
      case Outcome.Done(var effects) -> effects.forEach(effect -> effect(before, effect, seen));
      case Outcome.Refuse _ -> seen.add(Action.REFUSE);
      case Outcome.Defer _ -> seen.add(Action.DEFER);
      case Outcome.Hold _, Outcome.Discard _ -> {
        // Need not be declared.
      }
    }
    return seen;
  }

  /**
   * Checks a mailet that declares what it does; others may do anything.
   *
   * @throws AssertionError when it did something else
   */
  static void check(Mailet mailet, Mail before, Outcome outcome) {
    Does does = mailet.getClass().getAnnotation(Does.class);
    if (does == null) {
      return;
    }
    Set<Action> undeclared = actions(before, outcome);
    undeclared.removeAll(List.of(does.value()));
    if (List.of(does.value()).contains(Action.SET_ANY_ATTRIBUTE)) {
      undeclared.remove(Action.SET_ATTRIBUTE);
    }
    if (!undeclared.isEmpty()) {
      throw new AssertionError(
          mailet.getClass().getSimpleName()
              + " declares @Does("
              + Arrays.toString(does.value())
              + ") but did "
              + undeclared);
    }
  }

  private static void effect(Mail before, Effect effect, Set<Action> seen) {
    switch (effect) {
      case Effect.Deliver(var mail, var _) -> compare(before, mail, seen);
      case Effect.Relay(var mail, var _) -> {
        seen.add(Action.RELAY);
        compare(before, mail, seen);
      }
      case Effect.Bounce(var mail, var _) -> {
        seen.add(Action.BOUNCE);
        compare(before, mail, seen);
      }
      case Effect.Emit(var mail) -> seen.add(isAnswer(before, mail) ? Action.REPLY : Action.EMIT);
    }
  }

  private static boolean isAnswer(Mail before, Mail made) {
    return before
        .sender()
        .address()
        .filter(
            sender -> made.recipients().stream().map(Recipient::address).anyMatch(sender::equals))
        .isPresent();
  }

  private static void compare(Mail before, Mail after, Set<Action> seen) {
    if (before.sender().isNull() && !after.sender().isNull()) {
      seen.add(Action.CHANGE_SENDER);
    }
    if (!before.recipients().containsAll(after.recipients())) {
      seen.add(Action.CHANGE_RECIPIENTS);
    }
    if (!before.attributes().equals(after.attributes())) {
      seen.add(Action.SET_ATTRIBUTE);
    }
    headers(before.message(), after.message(), seen);
    if (!Arrays.equals(body(before.message()), body(after.message()))) {
      seen.add(Action.EDIT_BODY);
    }
  }

  private static void headers(Message before, Message after, Set<Action> seen) {
    List<HeaderField> added = new ArrayList<>(after.headers().fields());
    for (HeaderField field : before.headers().fields()) {
      if (!added.remove(field)) {
        seen.add(Action.EDIT_HEADERS);
      }
    }
    for (HeaderField field : added) {
      boolean signature = field.name().equalsIgnoreCase("DKIM-Signature");
      seen.add(signature ? Action.SIGN : Action.ADD_HEADERS);
    }
  }

  private static byte[] body(Message message) {
    try (InputStream in = message.openRest()) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("the body of a test mail can't be read", e);
    }
  }
}
