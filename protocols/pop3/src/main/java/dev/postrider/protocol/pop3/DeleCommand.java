package dev.postrider.protocol.pop3;

import dev.postrider.protocol.line.Step;
import java.util.OptionalInt;

/** DELE (RFC 1939 §5): marks a message; QUIT removes it. */
final class DeleCommand implements Command<Pop3State.Transaction> {

  private final Replies replies;

  DeleCommand(Replies replies) {
    this.replies = replies;
  }

  @Override
  public Step<Pop3State, Pop3Question> on(Pop3State.Transaction state, String argument) {
    OptionalInt number = Arguments.message(state, argument);
    if (number.isEmpty()) {
      return argument.isEmpty()
          ? replies.wrong(state, "DELE takes a message number")
          : replies.no(state, ListCommand.NO_SUCH_MESSAGE);
    }
    int marked = number.getAsInt();
    return replies.ok(
        state.with(state.deleted().with(marked, state.listing())), "message " + marked + " marked");
  }
}
