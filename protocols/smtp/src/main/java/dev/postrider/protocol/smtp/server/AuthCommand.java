package dev.postrider.protocol.smtp.server;

import dev.postrider.kernel.intake.LoginResult;
import dev.postrider.protocol.line.Step;
import java.util.Locale;

/** AUTH PLAIN and AUTH LOGIN (RFC 4954), over TLS only. */
final class AuthCommand implements CommandRule {
  private static final Reply NOT_OFFERED = Reply.of(502, "5.1", "AUTH is not offered here");
  private static final Reply ALREADY = Reply.of(503, "5.1", "Already authenticated");
  private static final Reply NEEDS_TLS =
      Reply.of(538, "7.11", "Encryption required, use STARTTLS first");
  private static final Reply UNKNOWN = Reply.of(504, "5.4", "Use PLAIN or LOGIN");
  private static final Reply GARBLED = Reply.of(501, "5.2", "Not what the mechanism asks for");
  private static final Reply CANCELLED = Reply.of(501, "7.0", "Authentication cancelled");
  private static final Reply DENIED = Reply.of(535, "7.8", "Authentication credentials invalid");
  private static final Reply NOT_NOW =
      Reply.of(454, "7.0", "Temporary authentication failure, try again later");
  private static final Reply SUCCEEDED = Reply.of(235, "7.0", "Authentication succeeded");

  private final Steps steps;

  AuthCommand(Steps steps) {
    this.steps = steps;
  }

  @Override
  public Step<SmtpState, SmtpQuestion> on(SmtpState.Ready state, String arguments) {
    Link link = state.link();
    if (steps.settings().isLmtp()) {
      return steps.error(state, NOT_OFFERED);
    }
    if (!link.tls()) {
      return steps.error(state, NEEDS_TLS);
    }
    if (!link.extended()) {
      return steps.error(state, Replies.GREET_FIRST);
    }
    if (link.login().isPresent()) {
      return steps.error(state, ALREADY);
    }
    if (!(state instanceof SmtpState.Idle)) {
      return steps.error(state, Replies.IN_TRANSACTION);
    }
    String[] words = arguments.split(" +", 2);
    String initial = words.length > 1 ? words[1] : "";
    return switch (words[0].toUpperCase(Locale.ROOT)) {
      case "PLAIN" -> begin(link, new Sasl.Plain(), "", initial);
      case "LOGIN" -> begin(link, new Sasl.LoginUser(), "VXNlcm5hbWU6", initial);
      default -> steps.error(state, UNKNOWN);
    };
  }

  private Step<SmtpState, SmtpQuestion> begin(
      Link link, Sasl sasl, String challenge, String initial) {
    return initial.isEmpty()
        ? steps.challenge(link, sasl, challenge)
        : respond(link, sasl, initial);
  }

  /** A line of the exchange that is no command. */
  Step<SmtpState, SmtpQuestion> respond(Link link, Sasl sasl, String line) {
    SmtpState.Idle idle = new SmtpState.Idle(link);
    if (line.equals("*")) {
      return steps.error(idle, CANCELLED);
    }
    return switch (sasl.respond(line)) {
      case Sasl.Continue next -> steps.challenge(link, next.sasl(), next.challenge());
      case Sasl.Garbled garbled -> steps.error(idle, GARBLED);
      case Sasl.Credentials credentials ->
          steps.ask(
              new SmtpState.AskingLogin(link),
              new SmtpQuestion.Login(
                  link.client(steps.settings(), false),
                  credentials.user(),
                  credentials.password()));
    };
  }

  /** The line was refused by the framing. */
  Step<SmtpState, SmtpQuestion> garbled(Link link) {
    return steps.error(new SmtpState.Idle(link), GARBLED);
  }

  /** The login was checked. */
  Step<SmtpState, SmtpQuestion> checked(Link link, LoginResult result) {
    return switch (result) {
      case LoginResult.LoggedIn in ->
          steps.reply(new SmtpState.Idle(link.loggedIn(in.account(), in.appPassword())), SUCCEEDED);
      case LoginResult.Denied denied -> steps.error(new SmtpState.Idle(link), DENIED);
      case LoginResult.NotNow notNow -> steps.error(new SmtpState.Idle(link), NOT_NOW);
    };
  }

  /** The login could not be checked. */
  Step<SmtpState, SmtpQuestion> failed(Link link) {
    return steps.reply(new SmtpState.Idle(link), NOT_NOW);
  }
}
