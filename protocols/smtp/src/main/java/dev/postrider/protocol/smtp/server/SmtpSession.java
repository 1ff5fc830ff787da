package dev.postrider.protocol.smtp.server;

import dev.postrider.kernel.intake.Acceptance;
import dev.postrider.kernel.intake.Verdict;
import dev.postrider.plugin.Envelope;
import dev.postrider.plugin.Recipient;
import dev.postrider.plugin.Status;
import dev.postrider.protocol.line.ContentEnd;
import dev.postrider.protocol.line.Input;
import dev.postrider.protocol.line.LineFault;
import dev.postrider.protocol.line.Peer;
import dev.postrider.protocol.line.Session;
import dev.postrider.protocol.line.Step;
import java.util.Map;

/** SMTP, submission and LMTP as a function. */
final class SmtpSession implements Session<SmtpState, SmtpQuestion, SmtpAnswer> {
  private static final Reply SENDER_OK = Reply.of(250, "1.0", "Sender accepted");

  private final SmtpSettings settings;
  private final Steps steps;
  private final Commands commands;

  SmtpSession(SmtpSettings settings) {
    this.settings = settings;
    this.steps = new Steps(settings);
    this.commands = new Commands(steps);
  }

  @Override
  public Step<SmtpState, SmtpQuestion> open(Peer peer) {
    Link link = Link.of(peer.remote().getAddress(), peer.trusted(), peer.tls().isPresent());
    return steps.ask(
        new SmtpState.AskingConnect(link), new SmtpQuestion.Connect(link.client(settings, false)));
  }

  @Override
  public boolean idle(SmtpState state) {
    return state instanceof SmtpState.Idle
        || state instanceof SmtpState.LoggingIn
        || state instanceof SmtpState.Listening;
  }

  @Override
  public Step<SmtpState, SmtpQuestion> on(SmtpState state, Input<SmtpAnswer> input) {
    return switch (input) {
      case Input.Line<SmtpAnswer> line -> line(state, line.text(), line.followed());
      case Input.Bad<SmtpAnswer> bad -> bad(state, bad.fault());
      case Input.Heard<SmtpAnswer> heard ->
          state instanceof SmtpState.Listening
              ? commands.turns().heard(state.link(), heard.spoke())
              : outOfTurn(state);
      case Input.Answer<SmtpAnswer> answer -> answer(state, answer.answer());
      case Input.Failed<SmtpAnswer> failed -> failed(state);
      case Input.Skipped<SmtpAnswer> skipped -> skipped(state);
      case Input.Secured<SmtpAnswer> secured ->
          steps.readCommand(new SmtpState.Idle(state.link().secured()), "");
      case Input.TimedOut<SmtpAnswer> slow -> goodbye(state, 421, "4.2", "timeout");
      case Input.Flooded<SmtpAnswer> flooded -> goodbye(state, 552, "3.4", "message is too big");
      case Input.Stopping<SmtpAnswer> stopping -> goodbye(state, 421, "3.2", "shutting down");
    };
  }

  private Step<SmtpState, SmtpQuestion> line(SmtpState state, String line, boolean followed) {
    return switch (state) {
      case SmtpState.Ready ready -> commands.on(ready, line, followed);
      case SmtpState.LoggingIn login -> commands.auth().respond(login.link(), login.sasl(), line);
      default -> outOfTurn(state);
    };
  }

  private Step<SmtpState, SmtpQuestion> bad(SmtpState state, LineFault fault) {
    return switch (state) {
      case SmtpState.Ready ready -> commands.bad(ready, fault);
      case SmtpState.LoggingIn login -> commands.auth().garbled(login.link());
      default -> outOfTurn(state);
    };
  }

  private Step<SmtpState, SmtpQuestion> answer(SmtpState state, SmtpAnswer answer) {
    return switch (answer) {
      case SmtpAnswer.Judged judged -> judged(state, judged.verdict());
      case SmtpAnswer.Checked checked -> commands.auth().checked(state.link(), checked.result());
      case SmtpAnswer.Decided decided -> decided(state, decided.acceptance());
      case SmtpAnswer.Malformed malformed -> refuseContent(state, contentFault(malformed.how()));
      case SmtpAnswer.NoRoom noRoom -> refuseContent(state, Replies.NO_ROOM);
      case SmtpAnswer.Done done -> done(state);
    };
  }

  private Step<SmtpState, SmtpQuestion> judged(SmtpState state, Verdict verdict) {
    return switch (verdict) {
      case Verdict.Allowed allowed -> allowed(state);
      case Verdict.Refused refused -> refused(state, refused);
    };
  }

  private Step<SmtpState, SmtpQuestion> allowed(SmtpState state) {
    return switch (state) {
      case SmtpState.AskingConnect connect -> commands.turns().greet(connect.link());
      case SmtpState.Noting noting -> noting.then();
      case SmtpState.AskingSender sender ->
          steps.reply(new SmtpState.Mailing(sender.link(), sender.envelope()), SENDER_OK);
      case SmtpState.AskingRecipient recipient -> commands.rcpt().accepted(recipient);
      default -> outOfTurn(state);
    };
  }

  private Step<SmtpState, SmtpQuestion> refused(SmtpState state, Verdict.Refused refused) {
    return switch (state) {
      // RFC 5321 §3.1: a greeting of 554 or 421 says that no session will follow.
      case SmtpState.AskingConnect connect ->
          steps.end(
              connect.link(),
              Reply.bare(refused.status().isTemporary() ? 421 : 554, refused.status().text())
                  .wire());
      case SmtpState.Noting noting ->
          steps.end(noting.link(), noting.then().reply() + Reply.of(refused.status()).wire());
      case SmtpState.AskingSender sender ->
          steps.refuse(new SmtpState.Idle(sender.link()), refused);
      case SmtpState.AskingRecipient recipient ->
          steps.refuse(new SmtpState.Mailing(recipient.link(), recipient.envelope()), refused);
      default -> outOfTurn(state);
    };
  }

  private Step<SmtpState, SmtpQuestion> decided(SmtpState state, Acceptance acceptance) {
    if (!(state instanceof SmtpState.AskingMessage message)) {
      return outOfTurn(state);
    }
    return switch (acceptance) {
      case Acceptance.Refused refused -> refuseContent(state, Reply.of(refused.status()));
      case Acceptance.Unclear _ -> steps.end(state.link(), "");
      case Acceptance.Accepted accepted ->
          steps.readCommand(
              new SmtpState.Idle(message.link()),
              settings.isLmtp()
                  ? perRecipient(message.envelope(), accepted)
                  : taken(accepted).wire());
    };
  }

  private static Reply taken(Acceptance.Accepted accepted) {
    return Reply.of(250, "0.0", "Message accepted as " + accepted.mailId());
  }

  /** RFC 2033 §4.2: one reply for each recipient that was accepted, in their order. */
  private static String perRecipient(Envelope envelope, Acceptance.Accepted accepted) {
    StringBuilder out = new StringBuilder();
    Map<Recipient, Status> refused = accepted.refused();
    for (Recipient recipient : envelope.recipients()) {
      Status status = refused.get(recipient);
      out.append((status == null ? taken(accepted) : Reply.of(status)).wire());
    }
    return out.toString();
  }

  private Step<SmtpState, SmtpQuestion> refuseContent(SmtpState state, Reply reply) {
    Link link = state.link().oneMoreError();
    String text =
        settings.isLmtp() && state instanceof SmtpState.AskingMessage message
            ? reply.times(message.envelope().recipients().size()).wire()
            : reply.wire();
    return link.errors() > steps.limits().errors()
        ? steps.end(link, text + steps.tooMany("errors").wire())
        : steps.readCommand(new SmtpState.Idle(link), text);
  }

  private static Reply contentFault(ContentEnd how) {
    return switch (how) {
      case TOO_BIG -> Replies.TOO_BIG;
      case BARE_CR -> Reply.of(550, "6.0", "Message holds a CR without LF");
      case BARE_LF -> Reply.of(550, "6.0", "Message holds an LF without CR");
      case NUL -> Reply.of(550, "6.0", "Message holds a NUL");
      case ABORTED, COMPLETE -> Replies.LOCAL_FAULT;
    };
  }

  private Step<SmtpState, SmtpQuestion> done(SmtpState state) {
    return switch (state) {
      case SmtpState.AskingChunk chunk ->
          steps.reply(
              new SmtpState.Chunking(
                  chunk.link(), chunk.envelope(), chunk.octets(), chunk.chunks()),
              Reply.of(250, "0.0", chunk.octets() + " octets received"));
      case SmtpState.Forgetting forgetting ->
          steps.replyIdle(forgetting.link(), forgetting.reply());
      default -> outOfTurn(state);
    };
  }

  private Step<SmtpState, SmtpQuestion> failed(SmtpState state) {
    return switch (state) {
      case SmtpState.AskingConnect connect -> goodbye(connect, 421, "3.0", "local error");
      case SmtpState.Noting noting -> noting.then();
      case SmtpState.AskingLogin login -> commands.auth().failed(login.link());
      case SmtpState.AskingRecipient recipient ->
          steps.reply(
              new SmtpState.Mailing(recipient.link(), recipient.envelope()), Replies.LOCAL_FAULT);
      case SmtpState.AskingMessage message -> refuseContent(message, Replies.LOCAL_FAULT);
      default -> steps.reply(new SmtpState.Idle(state.link()), Replies.LOCAL_FAULT);
    };
  }

  private Step<SmtpState, SmtpQuestion> skipped(SmtpState state) {
    return state instanceof SmtpState.Skipping skipping
        ? steps.reset(skipping.before(), skipping.reply())
        : outOfTurn(state);
  }

  private Step<SmtpState, SmtpQuestion> goodbye(
      SmtpState state, int code, String enhanced, String why) {
    return steps.end(
        state.link(), Reply.of(code, enhanced, settings.hostname() + " " + why).wire());
  }

  /** Only a fault of ours leads here. */
  private Step<SmtpState, SmtpQuestion> outOfTurn(SmtpState state) {
    return goodbye(state, 421, "3.0", "local error");
  }
}
