package dev.postrider.kernel.mailbox;

import dev.postrider.kernel.store.StoredMessage;
import java.time.Instant;
import java.util.Set;

/**
 * A message in a mailbox.
 *
 * @param uid 1 or more; grows with each message of the mailbox, never used twice
 * @param message its octets
 * @param arrivedAt the internal date
 * @param flags such as {@code \Seen}
 */
public record MailboxMessage(
    long uid, StoredMessage message, Instant arrivedAt, Set<String> flags) {

  /** Copies the flags. */
  public MailboxMessage {
    flags = Set.copyOf(flags);
  }
}
