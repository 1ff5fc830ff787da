package dev.postrider.protocol.pop3;

import dev.postrider.protocol.line.Step;
import java.util.OptionalInt;

/** TOP (RFC 1939 §7): the header, the empty line and so many lines of the body. */
final class TopCommand implements Command<Pop3State.Transaction> {

  private final Replies replies;

  TopCommand(Replies replies) {
    this.replies = replies;
  }

  @Override
  public Step<Pop3State, Pop3Question> on(Pop3State.Transaction state, String argument) {
    int space = argument.indexOf(' ');
    OptionalInt lines = Arguments.number(argument.substring(space + 1));
    if (space < 0 || lines.isEmpty()) {
      return replies.wrong(state, "TOP takes a message number and a number of lines");
    }
    OptionalInt number = Arguments.message(state, argument.substring(0, space));
    return number.isPresent()
        ? replies.ask(
            new Pop3State.Sending(state),
            new Pop3Question.Send(
                state.listing().message(number.getAsInt()),
                "+OK top of message follows",
                lines.getAsInt()))
        : replies.no(state, ListCommand.NO_SUCH_MESSAGE);
  }
}
