package dev.postrider.mailet.spam.classifier;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Where a model stands.
 *
 * @param next the number of the journal's next entry
 * @param folded entries before this one are in the tables
 * @param spam spam mails that count
 * @param ham ham mails that count
 * @param epoch how often all counts were halved
 */
record Head(long next, long folded, int spam, int ham, int epoch) {

  static final Head EMPTY = new Head(0, 0, 0, 0, 0);

  // Counts of 16 bits hold them, and what was learnt long ago loses weight.
  private static final int HALVED_AT = 30_000;

  static Head decode(Optional<byte[]> octets) {
    if (octets.isEmpty() || octets.get().length != 28) {
      return EMPTY;
    }
    ByteBuffer in = ByteBuffer.wrap(octets.get());
    return new Head(in.getLong(), in.getLong(), in.getInt(), in.getInt(), in.getInt());
  }

  byte[] encode() {
    return ByteBuffer.allocate(28)
        .putLong(next)
        .putLong(folded)
        .putInt(spam)
        .putInt(ham)
        .putInt(epoch)
        .array();
  }

  /** After an entry with so many mails; fewer than none where it corrects others. */
  Head learnt(long sequence, int spams, int hams) {
    int allSpam = Math.max(0, spam + spams);
    int allHam = Math.max(0, ham + hams);
    boolean halve = Math.max(allSpam, allHam) > HALVED_AT;
    return new Head(
        Math.max(next, sequence + 1),
        folded,
        halve ? allSpam / 2 : allSpam,
        halve ? allHam / 2 : allHam,
        halve ? epoch + 1 : epoch);
  }

  /** After all entries before this one went into the tables. */
  Head folded(long sequence) {
    return new Head(next, Math.max(folded, sequence), spam, ham, epoch);
  }
}
