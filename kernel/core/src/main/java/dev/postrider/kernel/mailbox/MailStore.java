package dev.postrider.kernel.mailbox;

import dev.postrider.plugin.EmailAddress;
import java.util.List;

/**
 * Mailboxes, read-only: changes go through {@link dev.postrider.kernel.store.Store#commit}. Thread:
 * any, may block.
 */
public interface MailStore {

  /**
   * The folders of an account, in the order of their names; INBOX may be missing until mail came.
   */
  List<MailboxName> mailboxes(EmailAddress owner);

  /** The messages by uid, a consistent snapshot; empty for a mailbox that does not exist. */
  List<MailboxMessage> messages(MailboxName mailbox);

  /**
   * The number that changes when uids lost their meaning because the mailbox was made anew; 1 or
   * more, 0 for a mailbox that does not exist.
   */
  long uidValidity(MailboxName mailbox);
}
