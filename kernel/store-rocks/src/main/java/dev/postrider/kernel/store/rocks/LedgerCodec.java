package dev.postrider.kernel.store.rocks;

import dev.postrider.kernel.ledger.Fate;
import dev.postrider.kernel.ledger.LedgerEntry;
import dev.postrider.plugin.EmailAddress;
import dev.postrider.plugin.ReversePath;
import java.time.Instant;

/** The row of a fate. */
final class LedgerCodec {

  private LedgerCodec() {}

  static void write(ByteWriter out, LedgerEntry entry) {
    out.u8(1).instant(entry.at()).string(entry.mailId());
    EnvelopeCodec.write(out, entry.sender());
    EnvelopeCodec.write(out, entry.recipient());
    out.u8(Codes.of(entry.fate())).string(entry.detail());
  }

  static LedgerEntry read(byte[] row) {
    ByteReader in = new ByteReader(row).version(1);
    Instant at = in.instant();
    String mailId = in.string();
    ReversePath sender = EnvelopeCodec.reversePath(in);
    EmailAddress recipient = EnvelopeCodec.address(in);
    Fate fate = Codes.fate(in.u8());
    return new LedgerEntry(at, mailId, sender, recipient, fate, in.string());
  }
}
