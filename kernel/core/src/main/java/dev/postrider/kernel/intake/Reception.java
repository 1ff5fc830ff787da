package dev.postrider.kernel.intake;

import dev.postrider.kernel.guard.Offence;
import dev.postrider.kernel.store.ContentDraft;
import dev.postrider.plugin.Client;
import dev.postrider.plugin.Envelope;
import dev.postrider.plugin.Recipient;
import dev.postrider.plugin.ReversePath;
import java.util.Optional;

/**
 * What a protocol server asks of the kernel during a session. Which peers may relay, whom a login
 * may send as, session processors and the pipeline are behind it; a protocol only carries answers.
 *
 * <p>Thread: virtual threads; every question may block (DNS, hashing, storage, plugins), but those
 * that end in {@code AtOnce} don't and may be asked on an event loop. One question per session at a
 * time.
 */
public interface Reception {

  /** A peer has connected; {@code helo} is empty yet. */
  Verdict connect(Client client);

  /**
   * The peer did something wrong. Answers from memory, so an event loop may ask.
   *
   * @return whether the session may go on
   */
  default Verdict offence(Client client, Offence offence) {
    return Verdict.OK;
  }

  /** Checks a login (slow on purpose, the same time for unknown users). */
  LoginResult login(Client client, String user, String password);

  /**
   * Whether a login still holds; refused once the account, or the password that was given, is gone.
   * To be asked before each question of a session that logged in. Answers from memory, so an event
   * loop may ask.
   */
  default Verdict stillHolds(LoginResult.LoggedIn login) {
    return Verdict.OK;
  }

  /**
   * MAIL was given. Refused with 452 where there is no room for as much as is declared (RFC 1870
   * §6.1), or for anything.
   *
   * @param declaredSize of the SIZE parameter, 0 where not given
   */
  Verdict sender(Client client, ReversePath sender, long declaredSize);

  /**
   * RCPT was given.
   *
   * @param soFar the envelope with the recipients accepted so far
   */
  Verdict recipient(Client client, Envelope soFar, Recipient recipient);

  /** {@link #connect} where no plugin is asked and nothing blocks, else empty. Any thread. */
  default Optional<Verdict> connectAtOnce(Client client) {
    return Optional.empty();
  }

  /** {@link #sender} where no plugin is asked and nothing blocks, else empty. Any thread. */
  default Optional<Verdict> senderAtOnce(Client client, ReversePath sender, long declaredSize) {
    return Optional.empty();
  }

  /** {@link #recipient} where no plugin is asked and nothing blocks, else empty. Any thread. */
  default Optional<Verdict> recipientAtOnce(Client client, Envelope soFar, Recipient recipient) {
    return Optional.empty();
  }

  /** Where the next message is written to. The session closes the draft when it is done with it. */
  ContentDraft draft();

  /**
   * End of data: runs the pipeline up to the deadline and commits. Returns when the answer is
   * durable. The draft is finished; it holds the octets as received (dots unstuffed), without trace
   * fields.
   */
  Acceptance message(Client client, Envelope envelope, ContentDraft draft);
}
