package dev.postrider.protocol.smtp.server;

import dev.postrider.protocol.line.Step;
import java.util.ArrayList;
import java.util.List;

/** EHLO, HELO (RFC 5321 §4.1.1.1) and LHLO (RFC 2033 §4.1); ends a transaction. */
final class HelloCommand implements CommandRule {
  private static final int LONGEST_NAME = 255;

  private final Steps steps;
  private final boolean extended;

  HelloCommand(Steps steps, boolean extended) {
    this.steps = steps;
    this.extended = extended;
  }

  @Override
  public Step<SmtpState, SmtpQuestion> on(SmtpState.Ready state, String arguments) {
    if (!isName(arguments)) {
      return steps.error(state, Reply.of(501, "5.4", "Give the name of your host"));
    }
    Link link = state.link().greeting(arguments, extended);
    Reply reply =
        extended
            ? new Reply(250, "", extensions(link))
            : Reply.bare(250, steps.settings().hostname());
    return steps.reset(state.with(link), reply);
  }

  /** Any visible text: what peers call themselves is theirs to say and the kernel's to judge. */
  private static boolean isName(String text) {
    return !text.isEmpty()
        && text.length() <= LONGEST_NAME
        && text.chars().noneMatch(c -> c <= ' ' || Character.isISOControl(c));
  }

  private List<String> extensions(Link link) {
    SmtpSettings settings = steps.settings();
    SmtpLimits limits = steps.limits();
    List<String> out = new ArrayList<>();
    out.add(settings.hostname());
    out.add("PIPELINING");
    out.add("SIZE " + limits.messageSize());
    out.add("8BITMIME");
    out.add("SMTPUTF8");
    out.add("ENHANCEDSTATUSCODES");
    out.add("CHUNKING");
    out.add("BINARYMIME");
    out.add("DSN");
    out.add("LIMITS MAILMAX=" + limits.mails() + " RCPTMAX=" + limits.recipients());
    if (settings.offersStartTls() && !link.tls()) {
      out.add("STARTTLS");
    }
    if (link.tls() && !settings.isLmtp()) {
      out.add("AUTH PLAIN LOGIN");
    }
    out.add("HELP");
    return out;
  }
}
