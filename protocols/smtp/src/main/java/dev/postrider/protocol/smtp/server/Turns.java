package dev.postrider.protocol.smtp.server;

import dev.postrider.kernel.guard.Offence;
import dev.postrider.kernel.guard.Reaction;
import dev.postrider.protocol.line.Next;
import dev.postrider.protocol.line.Step;
import java.util.Set;

/** Watches that a peer waits where it has to. */
final class Turns {
  private static final Reply EARLY = Reply.bare(554, "You have to wait for the greeting");
  private static final Reply AHEAD =
      Reply.of(503, "5.1", "Wait for the reply to this command before you send more");

  /** Whose replies have to be waited for (RFC 2920 §3.1, RFC 3207 §4). */
  private static final Set<String> LAST_OF_A_GROUP =
      Set.of("EHLO", "HELO", "DATA", "STARTTLS", "VRFY", "EXPN");

  private final Steps steps;
  private final Manners manners;

  Turns(Steps steps) {
    this.steps = steps;
    this.manners = steps.settings().manners();
  }

  private boolean watches(Link link) {
    return !link.trusted() && !steps.settings().isLmtp();
  }

  /** Listens for a peer that speaks too early, then greets. */
  Step<SmtpState, SmtpQuestion> greet(Link link) {
    return watches(link) && manners.earlyTalkers() != Reaction.IGNORE
        ? new Step<>(new SmtpState.Listening(link), "", new Next.Listen<>(manners.greetDelay()))
        : greeting(link);
  }

  /** What came of listening. */
  Step<SmtpState, SmtpQuestion> heard(Link link, boolean spoke) {
    if (!spoke) {
      return greeting(link);
    }
    return steps.noted(
        manners.earlyTalkers() == Reaction.REFUSE ? steps.end(link, EARLY.wire()) : greeting(link),
        Offence.EARLY_TALK);
  }

  private Step<SmtpState, SmtpQuestion> greeting(Link link) {
    SmtpSettings settings = steps.settings();
    return steps.reply(
        new SmtpState.Idle(link),
        Reply.bare(220, settings.hostname() + (settings.isLmtp() ? " LMTP" : " ESMTP") + " ready"));
  }

  /** Whether nothing may follow this command yet. */
  boolean isAhead(Link link, String verb) {
    return watches(link)
        && !link.impatient()
        && manners.badPipelining() != Reaction.IGNORE
        && !verb.equals("QUIT")
        && (!link.extended() || LAST_OF_A_GROUP.contains(verb));
  }

  /** Whether a peer that sent ahead is to be refused, else it is only counted. */
  boolean refusesAhead() {
    return manners.badPipelining() == Reaction.REFUSE;
  }

  /** Refuses a peer that sent ahead; what it sent is not read. */
  Step<SmtpState, SmtpQuestion> refuseAhead(Link link) {
    return steps.noted(steps.end(link, AHEAD.wire()), Offence.BAD_PIPELINING);
  }
}
