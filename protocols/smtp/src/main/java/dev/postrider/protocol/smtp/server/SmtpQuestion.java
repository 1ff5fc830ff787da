package dev.postrider.protocol.smtp.server;

import dev.postrider.kernel.guard.Offence;
import dev.postrider.plugin.Client;
import dev.postrider.plugin.Envelope;
import dev.postrider.plugin.Recipient;

/** What a session cannot know by itself. */
sealed interface SmtpQuestion {

  /** May this peer talk to us? */
  record Connect(Client client) implements SmtpQuestion {}

  /** The peer did something wrong: may it go on? */
  record Offended(Client client, Offence offence) implements SmtpQuestion {}

  /** Is this a login? */
  record Login(Client client, String user, String password) implements SmtpQuestion {
    @Override
    public String toString() {
      return "Login[" + user + "]";
    }
  }

  /** May this be the sender? */
  record Sender(Client client, Envelope envelope, long declaredSize) implements SmtpQuestion {}

  /** Is this a recipient? */
  record Rcpt(Client client, Envelope soFar, Recipient recipient) implements SmtpQuestion {}

  /** Take the content that follows, all of it, and decide. */
  record Message(Client client, Envelope envelope) implements SmtpQuestion {}

  /**
   * Take the chunk that follows.
   *
   * @param first forget what chunks came before
   * @param last decide, as for {@link Message}
   */
  record Chunk(Client client, Envelope envelope, boolean first, boolean last)
      implements SmtpQuestion {}

  /** Throw away the chunks taken so far. */
  record Forget() implements SmtpQuestion {}
}
