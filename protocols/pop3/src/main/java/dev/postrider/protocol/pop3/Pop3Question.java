package dev.postrider.protocol.pop3;

import dev.postrider.kernel.mailbox.MailboxMessage;
import java.util.Set;

/** What the session asks of its conversation. */
sealed interface Pop3Question {

  /** Check this login and lock the inbox. */
  record LogIn(String user, String password) implements Pop3Question {
    @Override
    public String toString() {
      return "LogIn[" + user + "]";
    }
  }

  /** Does the login still hold? */
  record StillWelcome() implements Pop3Question {}

  /**
   * Send a message with dots stuffed.
   *
   * @param head the line that goes before it, once it is known that it can be read; without CRLF
   * @param bodyLines how many lines of the body; {@link #WHOLE} for all
   */
  record Send(MailboxMessage message, String head, int bodyLines) implements Pop3Question {
    static final int WHOLE = -1;
  }

  /** Remove these messages, all or none, and unlock. */
  record Update(Set<Long> uids) implements Pop3Question {}
}
