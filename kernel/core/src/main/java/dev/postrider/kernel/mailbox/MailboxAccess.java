package dev.postrider.kernel.mailbox;

import dev.postrider.kernel.intake.LoginResult;
import dev.postrider.plugin.Client;
import dev.postrider.plugin.Content;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a mailbox protocol (POP3, later IMAP) asks of the kernel. Thread: virtual threads; blocks.
 */
public interface MailboxAccess {

  /** Checks a login (slow on purpose, the same time for unknown users). */
  LoginResult login(Client client, String user, String password);

  /**
   * Whether a login still holds: the account is there and enabled, and has the password that was
   * given. Answers from memory, so an event loop may ask.
   */
  boolean stillHolds(LoginResult.LoggedIn login);

  /**
   * Locks a mailbox for one POP3 session (RFC 1939 §4); empty while another holds it. Delivery goes
   * on meanwhile.
   */
  Optional<Maildrop> lock(MailboxName mailbox);

  /** A mailbox locked for one session: a snapshot of the moment it was locked. */
  interface Maildrop extends AutoCloseable {

    /** The messages by uid. */
    List<MailboxMessage> messages();

    /** See {@link MailStore#uidValidity}. */
    long uidValidity();

    /** The octets of one of the messages. */
    Content open(MailboxMessage message);

    /** Removes messages, all or none; false when storage failed. */
    boolean expunge(Set<Long> uids);

    /** Unlocks. */
    @Override
    void close();
  }
}
