package dev.postrider.protocol.smtp.server;

import dev.postrider.plugin.BodyType;
import dev.postrider.plugin.Envelope;
import dev.postrider.protocol.line.Framing;
import dev.postrider.protocol.line.Step;

/** DATA (RFC 5321 §4.1.1.4). */
final class DataCommand implements CommandRule {
  private static final String GO_AHEAD =
      Reply.bare(354, "Go ahead, end with a dot on a line by itself").wire();
  private static final Reply BINARY = Reply.of(503, "5.1", "Binary content needs BDAT");

  private final Steps steps;

  DataCommand(Steps steps) {
    this.steps = steps;
  }

  @Override
  public Step<SmtpState, SmtpQuestion> on(SmtpState.Ready state, String arguments) {
    if (!arguments.isEmpty()) {
      return steps.error(state, Replies.NO_ARGUMENT);
    }
    return switch (state) {
      case SmtpState.Idle idle -> steps.error(idle, Replies.MAIL_FIRST);
      case SmtpState.Chunking chunking -> steps.error(chunking, Replies.WITHIN_BDAT);
      case SmtpState.Mailing mailing -> receive(mailing);
    };
  }

  private Step<SmtpState, SmtpQuestion> receive(SmtpState.Mailing state) {
    Envelope envelope = state.envelope();
    if (envelope.recipients().isEmpty()) {
      return steps.error(state, steps.noRecipients());
    }
    if (envelope.bodyType() == BodyType.BINARY_MIME) {
      return steps.error(state, BINARY);
    }
    return steps.receive(
        new SmtpState.AskingMessage(state.link(), envelope),
        GO_AHEAD,
        new Framing.Dots(steps.limits().messageSize()),
        new SmtpQuestion.Message(
            state.link().client(steps.settings(), envelope.smtpUtf8()), envelope));
  }
}
