package dev.postrider.kernel.store.rocks;

import dev.postrider.kernel.mailbox.MailboxName;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/** What a row is about, in the words of an admin. */
final class RowNames {
  private final Map<Long, String> mailboxes = new HashMap<>();

  void mailbox(long number, MailboxName name) {
    mailboxes.put(number, name.owner() + "/" + name.folder());
  }

  String mailbox(long number) {
    String name = mailboxes.get(number);
    return "mailbox " + (name == null ? "number " + number : name);
  }

  /** For any key, sound or not. */
  String of(byte[] key) {
    try {
      ByteReader in = new ByteReader(key, 1, key.length);
      return switch (key[0]) {
        case Keys.CONTENT -> "content " + in.fixed64();
        case Keys.MAILBOX -> "mailbox " + EnvelopeCodec.address(in) + "/" + in.string();
        case Keys.NEXT_UID -> "next uid of " + mailbox(in.fixed64());
        case Keys.MESSAGE -> message(in.fixed64(), in.fixed64());
        case Keys.SPOOL -> "spool entry of mail " + in.rest();
        case Keys.QUEUE -> "queue entry " + in.rest();
        case Keys.DOMAIN -> "domain " + in.rest();
        case Keys.ACCOUNT -> "account " + EnvelopeCodec.address(in);
        case Keys.ALIAS -> "alias " + in.rest();
        case Keys.LEDGER -> "fate number " + number(key);
        case Keys.LEDGER_BY_MAIL -> "fate number " + number(key) + " of mail " + in.string();
        case Keys.STATE -> "state of plugin " + in.string() + ", key " + in.rest();
        case Keys.COUNTERS -> "counters";
        case Keys.LOCAL -> "row of the index itself";
        default -> "row of the unknown kind " + key[0];
      };
    } catch (ByteReader.DamagedRow | IllegalArgumentException e) {
      return "row with the damaged key " + HexFormat.of().formatHex(key);
    }
  }

  String message(long mailbox, long uid) {
    return "message " + uid + " of " + mailbox(mailbox);
  }

  private static long number(byte[] key) {
    return new ByteReader(key, key.length - 8, key.length).fixed64();
  }
}
