package dev.postrider.protocol.smtp.server;

import dev.postrider.protocol.line.Next;
import dev.postrider.protocol.line.Step;

/** STARTTLS (RFC 3207). */
final class StartTlsCommand implements CommandRule {
  private static final Reply READY = Reply.of(220, "0.0", "Ready to start TLS");
  private static final Reply NOT_OFFERED = Reply.of(502, "5.1", "TLS is not offered here");
  private static final Reply ACTIVE = Reply.of(503, "5.1", "TLS is active");

  private final Steps steps;

  StartTlsCommand(Steps steps) {
    this.steps = steps;
  }

  @Override
  public Step<SmtpState, SmtpQuestion> on(SmtpState.Ready state, String arguments) {
    if (!arguments.isEmpty()) {
      return steps.error(state, Replies.NO_ARGUMENT);
    }
    if (state.link().tls()) {
      return steps.error(state, ACTIVE);
    }
    if (!steps.settings().offersStartTls()) {
      return steps.error(state, NOT_OFFERED);
    }
    return switch (state) {
      case SmtpState.Chunking chunking -> steps.error(chunking, Replies.WITHIN_BDAT);
      case SmtpState.Idle idle -> upgrade(idle.link());
      case SmtpState.Mailing mailing -> upgrade(mailing.link());
    };
  }

  private static Step<SmtpState, SmtpQuestion> upgrade(Link link) {
    return new Step<>(new SmtpState.Securing(link), READY.wire(), new Next.StartTls<>());
  }
}
