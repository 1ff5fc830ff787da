package dev.postrider.protocol.smtp.server;

import dev.postrider.kernel.guard.Offence;
import dev.postrider.protocol.line.LineFault;
import dev.postrider.protocol.line.Step;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Finds the rule for a line. */
final class Commands {
  private static final Reply UNKNOWN = Reply.of(500, "5.1", "Unknown command");
  private static final Reply NOT_UTF8 = Reply.of(500, "5.2", "Not UTF-8");

  /** A browser that was led here by a web page must not get to send commands. */
  private static final Set<String> OF_HTTP = Set.of("GET", "POST", "PUT", "CONNECT", "OPTIONS");

  private final Steps steps;
  private final Turns turns;
  private final AuthCommand auth;
  private final RcptCommand rcpt;
  private final Map<String, CommandRule> rules;

  Commands(Steps steps) {
    this.steps = steps;
    this.turns = new Turns(steps);
    this.auth = new AuthCommand(steps);
    this.rcpt = new RcptCommand(steps);
    this.rules = rules();
  }

  private Map<String, CommandRule> rules() {
    SimpleCommands simple = new SimpleCommands(steps);
    Map<String, CommandRule> all = new HashMap<>();
    if (steps.settings().isLmtp()) {
      all.put("LHLO", new HelloCommand(steps, true));
    } else {
      all.put("EHLO", new HelloCommand(steps, true));
      all.put("HELO", new HelloCommand(steps, false));
    }
    all.put("STARTTLS", new StartTlsCommand(steps));
    all.put("AUTH", auth);
    all.put("MAIL", new MailCommand(steps));
    all.put("RCPT", rcpt);
    all.put("DATA", new DataCommand(steps));
    all.put("BDAT", new BdatCommand(steps));
    all.put("RSET", simple::rset);
    all.put("NOOP", simple::noop);
    all.put("HELP", simple::help);
    all.put("VRFY", simple::vrfy);
    all.put("EXPN", simple::notImplemented);
    all.put("TURN", simple::notImplemented);
    all.put("ETRN", simple::notImplemented);
    all.put("QUIT", simple::quit);
    return Map.copyOf(all);
  }

  Turns turns() {
    return turns;
  }

  AuthCommand auth() {
    return auth;
  }

  RcptCommand rcpt() {
    return rcpt;
  }

  Step<SmtpState, SmtpQuestion> on(SmtpState.Ready before, String line, boolean followed) {
    SmtpState.Ready state = before.with(before.link().oneMoreCommand());
    if (state.link().commands() > steps.limits().commands()) {
      return steps.end(state.link(), steps.tooMany("commands").wire());
    }
    int blank = line.indexOf(' ');
    String verb = (blank < 0 ? line : line.substring(0, blank)).toUpperCase(Locale.ROOT);
    String arguments = blank < 0 ? "" : line.substring(blank + 1).strip();
    if (followed && turns.isAhead(state.link(), verb)) {
      return turns.refusesAhead()
          ? turns.refuseAhead(state.link())
          : steps.noted(
              command(state.with(state.link().sentAhead()), line, verb, arguments),
              Offence.BAD_PIPELINING);
    }
    return command(state, line, verb, arguments);
  }

  private Step<SmtpState, SmtpQuestion> command(
      SmtpState.Ready state, String line, String verb, String arguments) {
    if (line.indexOf('\uFFFD') >= 0) {
      return steps.noted(steps.error(state, NOT_UTF8), Offence.GARBAGE);
    }
    if (OF_HTTP.contains(verb)) {
      return steps.noted(steps.end(state.link(), UNKNOWN.wire()), Offence.GARBAGE);
    }
    CommandRule rule = rules.get(verb);
    return rule == null
        ? steps.noted(steps.error(state, UNKNOWN), Offence.GARBAGE)
        : rule.on(state, arguments);
  }

  Step<SmtpState, SmtpQuestion> bad(SmtpState.Ready before, LineFault fault) {
    SmtpState.Ready state = before.with(before.link().oneMoreCommand());
    String what =
        switch (fault) {
          case BARE_CR -> "Line holds a CR without LF";
          case BARE_LF -> "Line ends in LF without CR";
          case NUL -> "Line holds a NUL";
          case TOO_LONG -> "Line is too long";
        };
    return steps.noted(steps.error(state, Reply.of(500, "5.2", what)), Offence.GARBAGE);
  }
}
