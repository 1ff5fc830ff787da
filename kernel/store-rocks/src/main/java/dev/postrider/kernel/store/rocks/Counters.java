package dev.postrider.kernel.store.rocks;

/**
 * Numbers that only grow, and one that is kept to answer fast.
 *
 * @param nextContent number of the next content
 * @param nextMailbox number of the next mailbox
 * @param nextFate number of the next line of the ledger
 * @param lastValidity the newest uid validity given to a mailbox
 * @param messages in all mailboxes
 */
record Counters(
    long nextContent, long nextMailbox, long nextFate, long lastValidity, long messages) {

  static final Counters START = new Counters(1, 1, 1, 0, 0);

  void write(ByteWriter out) {
    out.u8(1).varint(nextContent).varint(nextMailbox).varint(nextFate);
    out.varint(lastValidity).varint(messages);
  }

  static Counters read(byte[] row) {
    ByteReader in = new ByteReader(row).version(1);
    return new Counters(in.varint(), in.varint(), in.varint(), in.varint(), in.varint());
  }
}
