package dev.postrider.protocol.smtp.server;

import dev.postrider.protocol.line.Step;

/** What one command does. */
interface CommandRule {

  /**
   * The step that follows the command.
   *
   * @param arguments what stood after the verb, without blanks around it
   */
  Step<SmtpState, SmtpQuestion> on(SmtpState.Ready state, String arguments);
}
