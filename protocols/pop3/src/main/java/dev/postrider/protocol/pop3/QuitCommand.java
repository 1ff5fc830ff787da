package dev.postrider.protocol.pop3;

import dev.postrider.protocol.line.Step;

/** QUIT (RFC 1939 §5 and §6): after a login it removes what is marked. */
final class QuitCommand {

  private final Replies replies;

  QuitCommand(Replies replies) {
    this.replies = replies;
  }

  Step<Pop3State, Pop3Question> beforeLogin(Pop3State.Authorization state, String argument) {
    return argument.isEmpty()
        ? replies.bye(state.talk(), "+OK bye")
        : replies.wrong(state, "QUIT takes no argument");
  }

  Step<Pop3State, Pop3Question> afterLogin(Pop3State.Transaction state, String argument) {
    return argument.isEmpty()
        ? replies.ask(
            new Pop3State.Updating(state.talk()),
            new Pop3Question.Update(state.deleted().uids(state.listing())))
        : replies.wrong(state, "QUIT takes no argument");
  }
}
