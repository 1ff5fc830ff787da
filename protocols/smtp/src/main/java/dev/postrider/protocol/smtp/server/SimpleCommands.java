package dev.postrider.protocol.smtp.server;

import dev.postrider.protocol.line.Step;

/** The commands whose rule is one reply (RFC 5321 §4.1.1.5 to §4.1.1.10). */
final class SimpleCommands {
  private static final Reply OK = Reply.of(250, "0.0", "OK");
  private static final Reply HELP =
      Reply.of(
          214,
          "0.0",
          "Commands: EHLO HELO LHLO STARTTLS AUTH MAIL RCPT DATA BDAT RSET NOOP VRFY HELP QUIT");
  private static final Reply VERIFY =
      Reply.of(252, "0.0", "Cannot verify, but will take a message and try");
  private static final Reply WHOM = Reply.of(501, "5.4", "Whom?");
  private static final Reply NOT_IMPLEMENTED = Reply.of(502, "5.1", "Not implemented");

  private final Steps steps;

  SimpleCommands(Steps steps) {
    this.steps = steps;
  }

  Step<SmtpState, SmtpQuestion> rset(SmtpState.Ready state, String arguments) {
    return arguments.isEmpty() ? steps.reset(state, OK) : steps.error(state, Replies.NO_ARGUMENT);
  }

  Step<SmtpState, SmtpQuestion> noop(SmtpState.Ready state, String arguments) {
    return steps.reply(state, OK);
  }

  Step<SmtpState, SmtpQuestion> help(SmtpState.Ready state, String arguments) {
    return steps.reply(state, HELP);
  }

  /** Tells a stranger nothing about who lives here. */
  Step<SmtpState, SmtpQuestion> vrfy(SmtpState.Ready state, String arguments) {
    return arguments.isEmpty() ? steps.error(state, WHOM) : steps.reply(state, VERIFY);
  }

  Step<SmtpState, SmtpQuestion> notImplemented(SmtpState.Ready state, String arguments) {
    return steps.error(state, NOT_IMPLEMENTED);
  }

  Step<SmtpState, SmtpQuestion> quit(SmtpState.Ready state, String arguments) {
    return steps.end(
        state.link(), Reply.of(221, "0.0", steps.settings().hostname() + " closing").wire());
  }
}
