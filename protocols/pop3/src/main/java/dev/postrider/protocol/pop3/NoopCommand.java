package dev.postrider.protocol.pop3;

import dev.postrider.protocol.line.Step;

/** NOOP (RFC 1939 §5). */
final class NoopCommand implements Command<Pop3State.Transaction> {

  private final Replies replies;

  NoopCommand(Replies replies) {
    this.replies = replies;
  }

  @Override
  public Step<Pop3State, Pop3Question> on(Pop3State.Transaction state, String argument) {
    return argument.isEmpty()
        ? replies.ok(state, "still here")
        : replies.wrong(state, "NOOP takes no argument");
  }
}
