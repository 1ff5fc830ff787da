package dev.postrider.kernel.store.rocks;

import dev.postrider.kernel.mailbox.MailStore;
import dev.postrider.kernel.mailbox.MailboxMessage;
import dev.postrider.kernel.mailbox.MailboxName;
import dev.postrider.plugin.EmailAddress;
import java.util.ArrayList;
import java.util.List;

/** Mailboxes: names from the heap, messages by one scan of a range of rows. */
final class RocksMail implements MailStore {

  private final Committer committer;
  private final Index index;
  private final Readers readers;

  RocksMail(Committer committer, Index index, Readers readers) {
    this.committer = committer;
    this.index = index;
    this.readers = readers;
  }

  @Override
  public List<MailboxName> mailboxes(EmailAddress owner) {
    return committer.heap().mailboxes.of(owner);
  }

  @Override
  public List<MailboxMessage> messages(MailboxName mailbox) {
    MailboxHeap.Mailbox box = committer.heap().mailboxes.find(mailbox);
    if (box == null) {
      return List.of();
    }
    byte[] range = Keys.messages(new ByteWriter(9), box.number()).toBytes();
    return readers.call(
        () -> {
          List<MailboxMessage> messages = new ArrayList<>();
          index.scan(
              range,
              (key, row) -> {
                long uid = new ByteReader(key, 9, key.length).fixed64();
                messages.add(MessageCodec.read(uid, row));
                return true;
              });
          return messages;
        });
  }

  @Override
  public long uidValidity(MailboxName mailbox) {
    MailboxHeap.Mailbox box = committer.heap().mailboxes.find(mailbox);
    return box == null ? 0 : box.uidValidity();
  }
}
