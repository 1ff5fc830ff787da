package dev.postrider.protocol.smtp.server;

import dev.postrider.kernel.guard.Offence;
import dev.postrider.kernel.intake.Verdict;
import dev.postrider.protocol.line.Framing;
import dev.postrider.protocol.line.Next;
import dev.postrider.protocol.line.Step;

/** The steps that commands are made of. */
final class Steps {
  private final SmtpSettings settings;

  Steps(SmtpSettings settings) {
    this.settings = settings;
  }

  SmtpSettings settings() {
    return settings;
  }

  SmtpLimits limits() {
    return settings.limits();
  }

  /** Replies and waits for a command. */
  Step<SmtpState, SmtpQuestion> reply(SmtpState.Ready state, Reply reply) {
    return readCommand(state, reply.wire());
  }

  /** Waits for a command after a text that is made already. */
  Step<SmtpState, SmtpQuestion> readCommand(SmtpState.Ready state, String text) {
    return new Step<>(
        state, text, new Next.ReadLine<>(limits().commandLine(), limits().commandTime()));
  }

  /** Replies with a challenge and waits for the response. */
  Step<SmtpState, SmtpQuestion> challenge(Link link, Sasl sasl, String challenge) {
    return new Step<>(
        new SmtpState.LoggingIn(link, sasl),
        Reply.bare(334, challenge).wire(),
        new Next.ReadLine<>(SmtpLimits.AUTH_LINE, limits().commandTime()));
  }

  /** Replies, counts an error, and ends the session when there were too many. */
  Step<SmtpState, SmtpQuestion> error(SmtpState.Ready state, Reply reply) {
    Link link = state.link().oneMoreError();
    if (link.errors() > limits().errors()) {
      return end(link, reply.wire() + tooMany("errors").wire());
    }
    return reply(state.with(link), reply);
  }

  /** Refuses a command that is wrong here, without counting the pipelined followers as errors. */
  Step<SmtpState, SmtpQuestion> refuse(SmtpState.Ready state, Verdict.Refused refused) {
    Reply reply = Reply.of(refused.status());
    return refused.disconnect() ? end(state.link(), reply.wire()) : error(state, reply);
  }

  /** Tells of an offence first; the kernel may end the session for it. */
  Step<SmtpState, SmtpQuestion> noted(Step<SmtpState, SmtpQuestion> then, Offence offence) {
    Link link = then.state().link();
    return ask(
        new SmtpState.Noting(then),
        new SmtpQuestion.Offended(link.client(settings, false), offence));
  }

  Reply noRecipients() {
    return settings.isLmtp() ? Replies.NO_RECIPIENTS_LMTP : Replies.NO_RECIPIENTS;
  }

  Reply tooMany(String what) {
    return Reply.of(421, "7.0", settings.hostname() + " too many " + what + ", closing");
  }

  /** Has the last word. */
  Step<SmtpState, SmtpQuestion> end(Link link, String text) {
    return new Step<>(new SmtpState.Ended(link), text, new Next.Close<>());
  }

  Step<SmtpState, SmtpQuestion> ask(SmtpState state, SmtpQuestion question) {
    return new Step<>(state, "", new Next.Ask<>(question));
  }

  Step<SmtpState, SmtpQuestion> receive(
      SmtpState state, String text, Framing framing, SmtpQuestion question) {
    return new Step<>(state, text, new Next.Receive<>(framing, question));
  }

  /** Lets octets pass by, then replies. */
  Step<SmtpState, SmtpQuestion> skip(SmtpState.Ready state, long octets, Reply reply) {
    return new Step<>(new SmtpState.Skipping(state, reply), "", new Next.Skip<>(octets));
  }

  /**
   * The one way out of a transaction, after success, failure or by wish: nothing of it survives,
   * neither here nor in the conversation.
   */
  Step<SmtpState, SmtpQuestion> reset(SmtpState.Ready state, Reply reply) {
    return switch (state) {
      case SmtpState.Chunking chunking ->
          ask(new SmtpState.Forgetting(chunking.link(), reply), new SmtpQuestion.Forget());
      case SmtpState.Mailing mailing -> replyIdle(mailing.link(), reply);
      case SmtpState.Idle idle -> replyIdle(idle.link(), reply);
    };
  }

  /** Replies outside of any transaction; a negative reply counts as an error. */
  Step<SmtpState, SmtpQuestion> replyIdle(Link link, Reply reply) {
    SmtpState.Idle idle = new SmtpState.Idle(link);
    return reply.isPositive() ? reply(idle, reply) : error(idle, reply);
  }
}
