package dev.postrider.protocol.pop3;

import dev.postrider.protocol.line.Step;
import java.util.OptionalInt;
import java.util.function.IntFunction;

/** LIST and UIDL (RFC 1939 §5 and §7): one fact of one message, or of all that are not marked. */
final class ListCommand implements Command<Pop3State.Transaction> {

  static final String NO_SUCH_MESSAGE = "no such message";

  private final Replies replies;
  private final Fact fact;

  /** What is told of a message. */
  @FunctionalInterface
  interface Fact {
    Object of(Listing listing, int number);
  }

  ListCommand(Replies replies, Fact fact) {
    this.replies = replies;
    this.fact = fact;
  }

  @Override
  public Step<Pop3State, Pop3Question> on(Pop3State.Transaction state, String argument) {
    IntFunction<String> told = number -> number + " " + fact.of(state.listing(), number);
    if (!argument.isEmpty()) {
      OptionalInt number = Arguments.message(state, argument);
      return number.isPresent()
          ? replies.ok(state, told.apply(number.getAsInt()))
          : replies.no(state, NO_SUCH_MESSAGE);
    }
    StringBuilder all = new StringBuilder("+OK ").append(StatCommand.counted(state)).append("\r\n");
    for (int number = 1; number <= state.listing().count(); number++) {
      if (!state.deleted().contains(number)) {
        all.append(told.apply(number)).append("\r\n");
      }
    }
    return replies.lines(state, all);
  }
}
