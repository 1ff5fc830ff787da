package dev.postrider.protocol.pop3;

import dev.postrider.protocol.line.Step;

/** STAT (RFC 1939 §5): how many messages and octets, marked ones left out. */
final class StatCommand implements Command<Pop3State.Transaction> {

  private final Replies replies;

  StatCommand(Replies replies) {
    this.replies = replies;
  }

  @Override
  public Step<Pop3State, Pop3Question> on(Pop3State.Transaction state, String argument) {
    return argument.isEmpty()
        ? replies.ok(state, counted(state))
        : replies.wrong(state, "STAT takes no argument");
  }

  static String counted(Pop3State.Transaction state) {
    return (state.listing().count() - state.deleted().count())
        + " "
        + (state.listing().octets() - state.deleted().octets());
  }
}
