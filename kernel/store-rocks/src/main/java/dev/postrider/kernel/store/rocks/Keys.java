package dev.postrider.kernel.store.rocks;

import dev.postrider.kernel.mailbox.MailboxName;
import dev.postrider.plugin.EmailAddress;
import java.time.Instant;

/**
 * The keys of the rows: a letter for the kind, then what names the row. Numbers are big-endian, so
 * that rows sort in the order in which they came and a mailbox is one range.
 *
 * <p>Rows under {@link #LOCAL} describe the index itself and are not logged in the segments.
 */
final class Keys {

  static final byte LOCAL = '!';
  static final byte CONTENT = 'c';
  static final byte MAILBOX = 'm';
  static final byte NEXT_UID = 'n';
  static final byte MESSAGE = 'e';
  static final byte SPOOL = 's';
  static final byte QUEUE = 'q';
  static final byte DOMAIN = 'd';
  static final byte ACCOUNT = 'a';
  static final byte ALIAS = 'x';
  static final byte LEDGER = 'l';
  static final byte LEDGER_BY_MAIL = 'k';
  static final byte STATE = 'p';
  static final byte COUNTERS = 'v';

  private Keys() {}

  static ByteWriter position(ByteWriter out) {
    return out.reset().u8(LOCAL).u8('p');
  }

  static ByteWriter segmentLive(ByteWriter out, long segment) {
    return out.reset().u8(LOCAL).u8('t').fixed64(segment);
  }

  static ByteWriter counters(ByteWriter out) {
    return out.reset().u8(COUNTERS);
  }

  static ByteWriter content(ByteWriter out, long id) {
    return out.reset().u8(CONTENT).fixed64(id);
  }

  static ByteWriter mailbox(ByteWriter out, MailboxName name) {
    return address(out.reset().u8(MAILBOX), name.owner()).string(name.folder());
  }

  static ByteWriter nextUid(ByteWriter out, long mailbox) {
    return out.reset().u8(NEXT_UID).fixed64(mailbox);
  }

  static ByteWriter message(ByteWriter out, long mailbox, long uid) {
    return out.reset().u8(MESSAGE).fixed64(mailbox).fixed64(uid);
  }

  static ByteWriter messages(ByteWriter out, long mailbox) {
    return out.reset().u8(MESSAGE).fixed64(mailbox);
  }

  static ByteWriter named(ByteWriter out, byte kind, String name) {
    return out.reset().u8(kind).raw(name);
  }

  static ByteWriter account(ByteWriter out, EmailAddress address) {
    return address(out.reset().u8(ACCOUNT), address);
  }

  static ByteWriter ledger(ByteWriter out, Instant at, long number) {
    return out.reset().u8(LEDGER).sortable(at).fixed64(number);
  }

  static ByteWriter ledgerFrom(ByteWriter out, Instant at) {
    return out.reset().u8(LEDGER).sortable(at);
  }

  static ByteWriter ledgerByMail(ByteWriter out, String mailId, Instant at, long number) {
    return ledgerOfMail(out, mailId).sortable(at).fixed64(number);
  }

  static ByteWriter ledgerOfMail(ByteWriter out, String mailId) {
    return out.reset().u8(LEDGER_BY_MAIL).string(mailId);
  }

  static ByteWriter stateOf(ByteWriter out, String plugin) {
    return out.reset().u8(STATE).string(plugin);
  }

  static ByteWriter state(ByteWriter out, String plugin, String key) {
    return stateOf(out, plugin).raw(key);
  }

  static byte[] prefix(byte kind) {
    return new byte[] {kind};
  }

  private static ByteWriter address(ByteWriter out, EmailAddress address) {
    return out.string(address.localPart()).string(address.domain());
  }
}
