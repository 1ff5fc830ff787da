package dev.postrider.protocol.pop3;

import dev.postrider.protocol.line.Step;

/** PASS (RFC 1939 §7). All that follows the first space is the password, spaces included. */
final class PassCommand implements Command<Pop3State.Authorization> {

  private final Replies replies;

  PassCommand(Replies replies) {
    this.replies = replies;
  }

  @Override
  public Step<Pop3State, Pop3Question> on(Pop3State.Authorization state, String argument) {
    if (!state.talk().tls()) {
      return replies.wrong(state, UserCommand.TLS_FIRST);
    }
    if (state.user().isEmpty()) {
      return replies.wrong(state, "USER comes first");
    }
    return argument.isEmpty()
        ? replies.wrong(state, "PASS takes a password")
        : replies.ask(
            new Pop3State.Checking(state.talk()), new Pop3Question.LogIn(state.user(), argument));
  }
}
