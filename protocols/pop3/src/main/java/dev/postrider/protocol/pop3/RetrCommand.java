package dev.postrider.protocol.pop3;

import dev.postrider.protocol.line.Step;
import java.util.OptionalInt;

/** RETR (RFC 1939 §5): a whole message. */
final class RetrCommand implements Command<Pop3State.Transaction> {

  private final Replies replies;

  RetrCommand(Replies replies) {
    this.replies = replies;
  }

  @Override
  public Step<Pop3State, Pop3Question> on(Pop3State.Transaction state, String argument) {
    OptionalInt number = Arguments.message(state, argument);
    if (number.isEmpty()) {
      return argument.isEmpty()
          ? replies.wrong(state, "RETR takes a message number")
          : replies.no(state, ListCommand.NO_SUCH_MESSAGE);
    }
    Listing listing = state.listing();
    return replies.ask(
        new Pop3State.Sending(state),
        new Pop3Question.Send(
            listing.message(number.getAsInt()),
            "+OK " + listing.size(number.getAsInt()) + " octets",
            Pop3Question.Send.WHOLE));
  }
}
