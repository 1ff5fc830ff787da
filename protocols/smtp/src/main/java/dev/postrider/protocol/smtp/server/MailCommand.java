package dev.postrider.protocol.smtp.server;

import dev.postrider.plugin.BodyType;
import dev.postrider.plugin.EmailAddress;
import dev.postrider.plugin.Envelope;
import dev.postrider.plugin.ReturnContent;
import dev.postrider.plugin.ReversePath;
import dev.postrider.protocol.line.Step;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** MAIL (RFC 5321 §4.1.1.2) with the parameters of RFC 1870, 6152, 3030, 3461, 4954 and 6531. */
final class MailCommand implements CommandRule {
  private static final Reply SYNTAX = Reply.of(501, "5.4", "Syntax: MAIL FROM:<address>");
  private static final Reply BAD_SENDER = Reply.of(553, "1.7", "Not an address we can reply to");
  private static final Reply NEEDS_UTF8 =
      Reply.of(553, "6.7", "The address needs SMTPUTF8, which was not asked for");
  private static final Reply NEEDS_TLS =
      Reply.of(530, "7.0", "Encryption required, use STARTTLS first");
  private static final Reply NEEDS_LOGIN = Reply.of(530, "7.0", "Authentication required");

  private final Steps steps;

  MailCommand(Steps steps) {
    this.steps = steps;
  }

  @Override
  public Step<SmtpState, SmtpQuestion> on(SmtpState.Ready state, String arguments) {
    Link link = state.link();
    if (!link.greeted()) {
      return steps.error(state, Replies.GREET_FIRST);
    }
    if (!(state instanceof SmtpState.Idle)) {
      return steps.error(state, Replies.IN_TRANSACTION);
    }
    if (steps.settings().profile() == SmtpProfile.SUBMISSION && link.login().isEmpty()) {
      return steps.error(state, link.tls() ? NEEDS_LOGIN : NEEDS_TLS);
    }
    if (link.mails() >= steps.limits().mails()) {
      return steps.end(link, steps.tooMany("mails in one session").wire());
    }
    Optional<PathArgument> argument = PathArgument.parse("FROM:", arguments);
    return argument.isEmpty() ? steps.error(state, SYNTAX) : judge(state, argument.get());
  }

  private Step<SmtpState, SmtpQuestion> judge(SmtpState.Ready state, PathArgument argument) {
    Map<String, String> parameters = argument.parameters();
    Reply wrong = wrongParameter(parameters);
    if (wrong != null) {
      return steps.error(state, wrong);
    }
    boolean utf8 = parameters.containsKey("SMTPUTF8");
    if (argument.needsUtf8() && !utf8) {
      return steps.error(state, NEEDS_UTF8);
    }
    Optional<ReversePath> sender = reversePath(argument.path());
    if (sender.isEmpty()) {
      return steps.error(state, BAD_SENDER);
    }
    Envelope envelope =
        new Envelope(
            sender.get(),
            List.of(),
            Optional.ofNullable(parameters.get("ENVID")),
            returnContent(parameters.getOrDefault("RET", "")),
            bodyType(parameters.getOrDefault("BODY", "")),
            utf8);
    Link link = state.link().oneMoreMail();
    long size = size(parameters.getOrDefault("SIZE", "0")).orElse(0);
    return steps.ask(
        new SmtpState.AskingSender(link, envelope),
        new SmtpQuestion.Sender(link.client(steps.settings(), utf8), envelope, size));
  }

  private @Nullable Reply wrongParameter(Map<String, String> parameters) {
    for (Map.Entry<String, String> parameter : parameters.entrySet()) {
      String value = parameter.getValue();
      boolean right =
          switch (parameter.getKey()) {
            case "SIZE" -> size(value).isPresent();
            case "BODY" ->
                List.of("7BIT", "8BITMIME", "BINARYMIME").contains(value.toUpperCase(Locale.ROOT));
            case "SMTPUTF8" -> value.isEmpty();
            case "RET" -> List.of("FULL", "HDRS").contains(value.toUpperCase(Locale.ROOT));
            case "ENVID" -> value.length() <= 100 && Xtext.isXtext(value);
            case "AUTH" -> value.equals("<>") || Xtext.isXtext(value);
            default -> false;
          };
      if (!right) {
        return known(parameter.getKey())
            ? Reply.of(501, "5.4", "Not a value of " + parameter.getKey())
            : Reply.of(555, "5.4", "Unknown parameter of MAIL");
      }
    }
    long declared = size(parameters.getOrDefault("SIZE", "0")).orElse(0);
    return declared > steps.limits().messageSize() ? Replies.TOO_BIG : null;
  }

  private static boolean known(String key) {
    return List.of("SIZE", "BODY", "SMTPUTF8", "RET", "ENVID", "AUTH").contains(key);
  }

  /** At most 18 of the 20 digits of RFC 1870 §4: nothing larger can be meant. */
  private static OptionalLong size(String digits) {
    boolean number =
        !digits.isEmpty()
            && digits.length() <= 20
            && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!number) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(digits.length() > 18 ? Long.MAX_VALUE : Long.parseLong(digits));
  }

  private static Optional<ReversePath> reversePath(String path) {
    return path.isEmpty()
        ? Optional.of(ReversePath.NULL)
        : EmailAddress.tryParse(path).map(ReversePath::of);
  }

  private static ReturnContent returnContent(String value) {
    return switch (value.toUpperCase(Locale.ROOT)) {
      case "FULL" -> ReturnContent.FULL;
      case "HDRS" -> ReturnContent.HEADERS;
      default -> ReturnContent.UNSTATED;
    };
  }

  private static BodyType bodyType(String value) {
    return switch (value.toUpperCase(Locale.ROOT)) {
      case "8BITMIME" -> BodyType.EIGHT_BIT_MIME;
      case "BINARYMIME" -> BodyType.BINARY_MIME;
      default -> BodyType.SEVEN_BIT;
    };
  }
}
