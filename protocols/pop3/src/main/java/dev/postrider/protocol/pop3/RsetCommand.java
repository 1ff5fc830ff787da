package dev.postrider.protocol.pop3;

import dev.postrider.protocol.line.Step;

/** RSET (RFC 1939 §5): takes all marks off. */
final class RsetCommand implements Command<Pop3State.Transaction> {

  private final Replies replies;

  RsetCommand(Replies replies) {
    this.replies = replies;
  }

  @Override
  public Step<Pop3State, Pop3Question> on(Pop3State.Transaction state, String argument) {
    if (!argument.isEmpty()) {
      return replies.wrong(state, "RSET takes no argument");
    }
    Pop3State.Transaction unmarked = state.with(Marks.NONE);
    return replies.ok(unmarked, StatCommand.counted(unmarked));
  }
}
