package dev.postrider.kernel.contracts;

import dev.postrider.kernel.mailbox.MailboxMessage;
import dev.postrider.kernel.store.StoredMessage;
import java.time.Instant;
import java.util.Set;
import java.util.TreeMap;

/** One mailbox: its messages by uid and the uid that comes next. */
final class MemoryMailbox {

  final long uidValidity;
  final TreeMap<Long, MailboxMessage> messages = new TreeMap<>();
  private long nextUid = 1;

  MemoryMailbox(long uidValidity) {
    this.uidValidity = uidValidity;
  }

  void append(StoredMessage message, Instant arrivedAt, Set<String> flags) {
    long uid = nextUid++;
    messages.put(uid, new MailboxMessage(uid, message, arrivedAt, flags));
  }

  /** Takes a message over from another mailbox. */
  void take(MailboxMessage message) {
    append(message.message(), message.arrivedAt(), message.flags());
  }
}
