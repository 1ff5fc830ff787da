package dev.postrider.protocol.smtp.server;

import dev.postrider.plugin.EmailAddress;
import dev.postrider.plugin.Envelope;
import dev.postrider.plugin.Notify;
import dev.postrider.plugin.Recipient;
import dev.postrider.protocol.line.Step;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** RCPT (RFC 5321 §4.1.1.3) with the parameters of RFC 3461. */
final class RcptCommand implements CommandRule {
  private static final Reply OK = Reply.of(250, "1.5", "Recipient accepted");
  private static final Reply SYNTAX = Reply.of(501, "5.4", "Syntax: RCPT TO:<address>");
  private static final Reply BAD_RECIPIENT = Reply.of(501, "1.3", "Not an address");
  private static final Reply NEEDS_UTF8 =
      Reply.of(553, "6.7", "The address needs SMTPUTF8, which was not asked for");
  private static final Reply TOO_MANY = Reply.of(452, "5.3", "Too many recipients");
  private static final Reply UNKNOWN = Reply.of(555, "5.4", "Unknown parameter of RCPT");
  private static final int LONGEST_ORCPT = 500;

  private final Steps steps;

  RcptCommand(Steps steps) {
    this.steps = steps;
  }

  @Override
  public Step<SmtpState, SmtpQuestion> on(SmtpState.Ready state, String arguments) {
    return switch (state) {
      case SmtpState.Idle idle -> steps.error(idle, Replies.MAIL_FIRST);
      case SmtpState.Chunking chunking -> steps.error(chunking, Replies.WITHIN_BDAT);
      case SmtpState.Mailing mailing ->
          PathArgument.parse("TO:", arguments)
              .map(argument -> judge(mailing, argument))
              .orElseGet(() -> steps.error(mailing, SYNTAX));
    };
  }

  private Step<SmtpState, SmtpQuestion> judge(SmtpState.Mailing state, PathArgument argument) {
    Envelope envelope = state.envelope();
    if (envelope.recipients().size() >= steps.limits().recipients()) {
      // Not an error of the peer: it delivers to the rest in another transaction.
      return steps.reply(state, TOO_MANY);
    }
    if (argument.needsUtf8() && !envelope.smtpUtf8()) {
      return steps.error(state, NEEDS_UTF8);
    }
    Optional<EmailAddress> address = address(argument.path());
    if (address.isEmpty()) {
      return steps.error(state, BAD_RECIPIENT);
    }
    Map<String, String> parameters = argument.parameters();
    if (!Set.of("NOTIFY", "ORCPT").containsAll(parameters.keySet())) {
      return steps.error(state, UNKNOWN);
    }
    Optional<Set<Notify>> notifyOn = notifyOn(parameters.get("NOTIFY"));
    Optional<String> original = Optional.ofNullable(parameters.get("ORCPT"));
    if (notifyOn.isEmpty() || !original.map(RcptCommand::isOriginal).orElse(true)) {
      return steps.error(state, Reply.of(501, "5.4", "Not a value of NOTIFY or ORCPT"));
    }
    Recipient recipient = new Recipient(address.get(), notifyOn.get(), original);
    return steps.ask(
        new SmtpState.AskingRecipient(state.link(), envelope, recipient),
        new SmtpQuestion.Rcpt(
            state.link().client(steps.settings(), envelope.smtpUtf8()), envelope, recipient));
  }

  private Optional<EmailAddress> address(String path) {
    return path.equalsIgnoreCase("postmaster")
        ? EmailAddress.tryParse(path + "@" + steps.settings().postmasterDomain())
        : EmailAddress.tryParse(path);
  }

  private static Optional<Set<Notify>> notifyOn(@Nullable String value) {
    if (value == null) {
      return Optional.of(Set.of());
    }
    Set<Notify> out = EnumSet.noneOf(Notify.class);
    for (String word : value.toUpperCase(Locale.ROOT).split(",", -1)) {
      switch (word) {
        case "NEVER" -> out.add(Notify.NEVER);
        case "SUCCESS" -> out.add(Notify.SUCCESS);
        case "FAILURE" -> out.add(Notify.FAILURE);
        case "DELAY" -> out.add(Notify.DELAY);
        default -> {
          return Optional.empty();
        }
      }
    }
    boolean neverWithOthers = out.contains(Notify.NEVER) && out.size() > 1;
    return neverWithOthers ? Optional.empty() : Optional.of(out);
  }

  /** {@code type;xtext}; RFC 6533 §3 lets the text hold UTF-8. */
  private static boolean isOriginal(String value) {
    int semicolon = value.indexOf(';');
    return semicolon > 0
        && value.length() <= LONGEST_ORCPT
        && value.substring(0, semicolon).chars().allMatch(RcptCommand::isAtomCharacter)
        && value.substring(semicolon + 1).chars().noneMatch(c -> c <= ' ' || c == 0x7f)
        && semicolon < value.length() - 1;
  }

  private static boolean isAtomCharacter(int c) {
    return c == '-' || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  }

  /** The kernel takes the recipient. */
  Step<SmtpState, SmtpQuestion> accepted(SmtpState.AskingRecipient state) {
    List<Recipient> all = new ArrayList<>(state.envelope().recipients());
    all.add(state.recipient());
    return steps.reply(
        new SmtpState.Mailing(state.link(), state.envelope().withRecipients(all)), OK);
  }
}
