package dev.postrider.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What a mailet did to a mail, in the words with which it is declared ({@link Does}). Where the
 * content was replaced, both bodies are read. Thread: any.
 *
 * @since 1.1
 */
public final class Actions {

  private static final int PIECE = 16 * 1024;

  private Actions() {}

  /**
   * The actions that an outcome shows, in a set that may be changed. Attributes count as {@link
   * Action#SET_ATTRIBUTE}: an outcome does not tell what they depend on.
   *
   * @param before the mail that the mailet was given
   * @throws IOException when a body can't be read
   */
  public static Set<Action> of(Mail before, Outcome outcome) throws IOException {
    Set<Action> seen = EnumSet.noneOf(Action.class);
    switch (outcome) {
      case Outcome.Continue(var after, var effects) -> {
        compare(before, after, seen);
        addAll(before, effects, seen);
      }
      case Outcome.GoTo(var _, var after) -> compare(before, after, seen);
      case Outcome.Done(var effects) -> addAll(before, effects, seen);
      case Outcome.Refuse _ -> seen.add(Action.REFUSE);
      case Outcome.Defer _ -> seen.add(Action.DEFER);
      case Outcome.Hold _, Outcome.Discard _ -> {
        // Need not be declared.
      }
    }
    return seen;
  }

  /**
   * The actions that an outcome shows and that are not declared; empty where the mailet kept to it.
   *
   * @param declared all that it may do
   * @param before the mail that the mailet was given
   * @throws IOException when a body can't be read
   */
  public static Set<Action> undeclared(Set<Action> declared, Mail before, Outcome outcome)
      throws IOException {
    Set<Action> more = of(before, outcome);
    more.removeAll(declared);
    if (declared.contains(Action.SET_ANY_ATTRIBUTE)) {
      more.remove(Action.SET_ATTRIBUTE);
    }
    return more;
  }

  private static void addAll(Mail before, List<Effect> effects, Set<Action> seen)
      throws IOException {
    for (Effect effect : effects) {
      add(before, effect, seen);
    }
  }

  private static void add(Mail before, Effect effect, Set<Action> seen) throws IOException {
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

  private static void compare(Mail before, Mail after, Set<Action> seen) throws IOException {
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
    if (!sameBody(before.message(), after.message())) {
      seen.add(Action.EDIT_BODY);
    }
  }

  private static void headers(Message before, Message after, Set<Action> seen) {
    if (before.headers().equals(after.headers())) {
      return;
    }
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

  @SuppressWarnings("ReferenceEquality") // the very same content needs no look
  private static boolean sameBody(Message before, Message after) throws IOException {
    if (before.source() == after.source() && before.bodyOffset() == after.bodyOffset()) {
      return true;
    }
    if (before.source().size() - before.bodyOffset()
        != after.source().size() - after.bodyOffset()) {
      return false;
    }
    try (InputStream one = before.openRest();
        InputStream other = after.openRest()) {
      while (true) {
        byte[] piece = one.readNBytes(PIECE);
        if (!Arrays.equals(piece, other.readNBytes(PIECE))) {
          return false;
        }
        if (piece.length < PIECE) {
          return true;
        }
      }
    }
  }
}
