package dev.postrider.kernel.store.rocks;

import dev.postrider.kernel.mailbox.MailboxMessage;
import dev.postrider.kernel.store.StoredMessage;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/** The row of a message in a mailbox. */
final class MessageCodec {

  private MessageCodec() {}

  static void write(ByteWriter out, StoredMessage message, Instant arrivedAt, Set<String> flags) {
    out.u8(1);
    StoredCodec.write(out, message);
    out.instant(arrivedAt).varint(flags.size());
    flags.forEach(out::string);
  }

  static MailboxMessage read(long uid, byte[] row) {
    ByteReader in = new ByteReader(row).version(1);
    StoredMessage message = StoredCodec.message(in);
    Instant arrivedAt = in.instant();
    int count = in.count();
    Set<String> flags = HashSet.newHashSet(count);
    for (int i = 0; i < count; i++) {
      flags.add(in.string());
    }
    return new MailboxMessage(uid, message, arrivedAt, flags);
  }
}
