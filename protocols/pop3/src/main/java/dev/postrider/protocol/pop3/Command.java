package dev.postrider.protocol.pop3;

import dev.postrider.protocol.line.Step;

/**
 * One command in one state.
 *
 * @param <S> the state it is allowed in
 */
@FunctionalInterface
interface Command<S extends Pop3State> {

  /**
   * Runs it.
   *
   * @param argument what follows the keyword and one space, as it came; empty if nothing
   */
  Step<Pop3State, Pop3Question> on(S state, String argument);
}
