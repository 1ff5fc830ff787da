package dev.postrider.kernel.pipeline;

import dev.postrider.kernel.mailbox.MailboxName;
import dev.postrider.plugin.Effect;
import dev.postrider.plugin.EmailAddress;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.Recipient;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Calls of plugins, with what their contracts promise checked. */
final class Calls {
  private static final EmailAddress NOBODY = new EmailAddress("nobody", "invalid");

  private Calls() {}

  /** The matching recipients in the order of the mail. */
  static List<Recipient> match(Entry entry, Mail mail) {
    Set<Recipient> matched = given(entry.matcher().match(mail));
    if (matched.isEmpty()) {
      return List.of();
    }
    List<Recipient> recipients = mail.recipients();
    Set<Recipient> known = new HashSet<>(recipients);
    for (Recipient each : matched) {
      if (!known.remove(given(each))) {
        throw new Answer.Nonsense("matched " + each + ", who is not a recipient of the mail");
      }
    }
    return known.isEmpty()
        ? recipients
        : recipients.stream().filter(each -> !known.contains(each)).toList();
  }

  /** The outcome, with mails that keep their id and origin whatever the mailet made of them. */
  static Outcome process(Entry entry, Mail mail, int recipientLimit) {
    Outcome outcome = given(entry.mailet().process(mail));
    return switch (outcome) {
      case Outcome.Continue(var after, var effects) -> {
        if (entry.terminal()) {
          throw new Answer.Nonsense("went on though it is declared never to");
        }
        yield new Outcome.Continue(
            checked(mail, after, recipientLimit), checked(mail, effects, recipientLimit));
      }
      case Outcome.GoTo(var processor, var after) ->
          new Outcome.GoTo(given(processor), checked(mail, after, recipientLimit));
      case Outcome.Done(var effects) -> new Outcome.Done(checked(mail, effects, recipientLimit));
      case Outcome.Refuse refuse -> refuse;
      case Outcome.Defer(var reason) -> new Outcome.Defer(given(reason));
      case Outcome.Hold(var reason) -> new Outcome.Hold(given(reason));
      case Outcome.Discard(var reason) -> new Outcome.Discard(given(reason));
    };
  }

  private static List<Effect> checked(Mail before, List<Effect> effects, int recipientLimit) {
    if (effects.isEmpty()) {
      return effects;
    }
    return effects.stream().map(effect -> checked(before, effect, recipientLimit)).toList();
  }

  private static Effect checked(Mail before, Effect effect, int recipientLimit) {
    return switch (effect) {
      case Effect.Deliver(var mail, var folder) -> {
        checkFolder(given(folder));
        yield new Effect.Deliver(checked(before, mail, recipientLimit), folder);
      }
      case Effect.Relay(var mail, var route) ->
          new Effect.Relay(checked(before, mail, recipientLimit), given(route));
      case Effect.Bounce(var mail, var status) -> {
        if (!status.isPermanent()) {
          throw new Answer.Nonsense("a bounce has class 5, not " + status);
        }
        yield new Effect.Bounce(checked(before, mail, recipientLimit), status);
      }
      case Effect.Emit(var mail) -> new Effect.Emit(checked(before, mail, recipientLimit));
    };
  }

  @SuppressWarnings("ReferenceEquality") // the very same mail needs no look
  private static Mail checked(Mail before, @Nullable Mail after, int recipientLimit) {
    Mail mail = given(after);
    if (mail == before) {
      return mail;
    }
    if (mail.recipients().size() > recipientLimit) {
      throw new Answer.Nonsense(
          "gave the mail " + mail.recipients().size() + " recipients; " + recipientLimit + " go");
    }
    return new Mail(
        before.id(),
        before.stage(),
        before.client(),
        mail.envelope(),
        mail.message(),
        mail.attributes(),
        before.receivedAt());
  }

  private static void checkFolder(String folder) {
    if (!folder.equals(MailboxName.INBOX)) {
      try {
        MailboxName name = new MailboxName(NOBODY, folder);
        assert name.owner().equals(NOBODY);
      } catch (IllegalArgumentException e) {
        throw new Answer.Nonsense(String.valueOf(e.getMessage()));
      }
    }
  }

  // Plugins are compiled elsewhere, so an annotation does not keep null away.
  private static <T> T given(@Nullable T value) {
    if (value == null) {
      throw new Answer.Nonsense("answered null");
    }
    return value;
  }
}
