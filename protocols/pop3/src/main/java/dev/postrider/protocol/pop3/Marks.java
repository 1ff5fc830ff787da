package dev.postrider.protocol.pop3;

import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;

/** Which messages of a listing are marked as deleted; immutable. */
final class Marks {

  static final Marks NONE = new Marks(new BitSet(), 0, 0);

  private final BitSet numbers;
  private final int count;
  private final long octets;

  private Marks(BitSet numbers, int count, long octets) {
    this.numbers = numbers;
    this.count = count;
    this.octets = octets;
  }

  Marks with(int number, Listing listing) {
    BitSet more = (BitSet) numbers.clone();
    more.set(number);
    return new Marks(more, count + 1, octets + listing.size(number));
  }

  boolean contains(int number) {
    return numbers.get(number);
  }

  boolean isEmpty() {
    return count == 0;
  }

  /** How many messages are marked. */
  int count() {
    return count;
  }

  /** Octets of the marked messages together. */
  long octets() {
    return octets;
  }

  Set<Long> uids(Listing listing) {
    Set<Long> uids = HashSet.newHashSet(count);
    numbers.stream().forEach(number -> uids.add(listing.message(number).uid()));
    return uids;
  }
}
