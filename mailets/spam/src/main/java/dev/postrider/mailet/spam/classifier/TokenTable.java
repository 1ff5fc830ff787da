package dev.postrider.mailet.spam.classifier;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * How often features were seen in spam and in ham: one of the tables that features are spread over.
 * It holds at most {@value #MOST} of them, so that it fits into one value of a plugin's state; the
 * rarest and oldest are forgotten first. Not thread-safe.
 */
final class TokenTable {

  static final int MOST = 5_400;
  private static final int ENTRY = 12;
  private static final int HEAD = 12;
  private static final int KEPT = MOST * 4 / 5;
  private static final int COUNT = 0xffff;

  // An entry: the feature's number, and day, ham and spam with 16 bits each; 0 is no entry.
  private long[] tags = new long[64];
  private long[] counts = new long[64];
  private int size;
  private long sequence;
  private int epoch;

  TokenTable() {}

  /** The part of a feature's number that is kept: 48 bits, never 0. */
  static long tag(long hash) {
    long tag = hash & 0xffff_ffff_ffffL;
    return tag == 0 ? 1 : tag;
  }

  /** Up to which entry of the journal it is. */
  long sequence() {
    return sequence;
  }

  void sequence(long value) {
    sequence = value;
  }

  int size() {
    return size;
  }

  /** In how many spam mails, of those that count, the feature was. */
  int spam(long hash) {
    return (int) counts[slot(tag(hash))] & COUNT;
  }

  /** In how many ham mails, of those that count, the feature was. */
  int ham(long hash) {
    return (int) (counts[slot(tag(hash))] >>> 16) & COUNT;
  }

  /** Counts a feature of a mail. */
  void count(long hash, boolean spam, int day) {
    if (size * 3 > tags.length * 2) {
      grow();
    }
    long tag = tag(hash);
    int slot = slot(tag);
    if (tags[slot] == 0) {
      tags[slot] = tag;
      size++;
    }
    long old = counts[slot];
    int spams = Math.min(COUNT, ((int) old & COUNT) + (spam ? 1 : 0));
    int hams = Math.min(COUNT, ((int) (old >>> 16) & COUNT) + (spam ? 0 : 1));
    counts[slot] = (long) (day & COUNT) << 32 | (long) hams << 16 | spams;
  }

  /** Undoes {@link #count}, as far as the feature is still known. */
  void takeBack(long hash, boolean spam) {
    int slot = slot(tag(hash));
    int shift = spam ? 0 : 16;
    if ((counts[slot] >>> shift & COUNT) > 0) {
      counts[slot] -= 1L << shift;
    }
  }

  /** Halves all counts as often as the model did meanwhile; what comes to nothing is forgotten. */
  void age(int to) {
    int shift = Math.clamp(to - epoch, 0, 16);
    epoch = to;
    if (shift == 0) {
      return;
    }
    long[] oldTags = tags;
    long[] oldCounts = counts;
    clear(oldTags.length);
    for (int i = 0; i < oldTags.length; i++) {
      long spams = (oldCounts[i] & COUNT) >>> shift;
      long hams = (oldCounts[i] >>> 16 & COUNT) >>> shift;
      if (oldTags[i] != 0 && spams + hams > 0) {
        insert(oldTags[i], oldCounts[i] >>> 32 << 32 | hams << 16 | spams);
      }
    }
  }

  /** Forgets the rarest and oldest where there are too many. */
  void trim() {
    if (size <= MOST) {
      return;
    }
    long[] worth = new long[size];
    int n = 0;
    for (int i = 0; i < tags.length; i++) {
      if (tags[i] != 0) {
        worth[n++] = worth(counts[i]);
      }
    }
    Arrays.sort(worth);
    long least = worth[size - KEPT];
    int excess = size - KEPT;
    long[] oldTags = tags;
    long[] oldCounts = counts;
    clear(oldTags.length);
    for (int i = 0; i < oldTags.length; i++) {
      if (oldTags[i] == 0) {
        continue;
      }
      long value = worth(oldCounts[i]);
      if (value < least || (value == least && excess > 0 && size >= KEPT)) {
        excess--;
      } else {
        insert(oldTags[i], oldCounts[i]);
      }
    }
  }

  // A feature seen n times is worth as much as one seen once that is n - 1 months younger.
  private static long worth(long count) {
    long seen = Math.min(64, (count & COUNT) + (count >>> 16 & COUNT));
    return (seen - 1) * 30 + (count >>> 32);
  }

  byte[] encode() {
    ByteBuffer out = ByteBuffer.allocate(HEAD + size * ENTRY).putLong(sequence).putInt(epoch);
    for (int i = 0; i < tags.length; i++) {
      if (tags[i] != 0) {
        out.putShort((short) (tags[i] >>> 32)).putInt((int) tags[i]);
        out.putShort((short) counts[i]).putShort((short) (counts[i] >>> 16));
        out.putShort((short) (counts[i] >>> 32));
      }
    }
    return out.array();
  }

  static TokenTable decode(byte[] octets) {
    TokenTable table = new TokenTable();
    ByteBuffer in = ByteBuffer.wrap(octets);
    if (in.remaining() < HEAD) {
      return table;
    }
    table.sequence = in.getLong();
    table.epoch = in.getInt();
    int entries = in.remaining() / ENTRY;
    table.clear(Integer.highestOneBit(Math.max(32, entries)) * 4);
    for (int i = 0; i < entries; i++) {
      long tag = (long) (in.getShort() & COUNT) << 32 | in.getInt() & 0xffff_ffffL;
      long count = in.getShort() & COUNT | (long) (in.getShort() & COUNT) << 16;
      table.insert(tag, count | (long) (in.getShort() & COUNT) << 32);
    }
    return table;
  }

  private void insert(long tag, long count) {
    int slot = slot(tag);
    size += tags[slot] == 0 ? 1 : 0;
    tags[slot] = tag;
    counts[slot] = count;
  }

  private void grow() {
    long[] oldTags = tags;
    long[] oldCounts = counts;
    clear(oldTags.length * 2);
    for (int i = 0; i < oldTags.length; i++) {
      if (oldTags[i] != 0) {
        insert(oldTags[i], oldCounts[i]);
      }
    }
  }

  private void clear(int slots) {
    tags = new long[slots];
    counts = new long[slots];
    size = 0;
  }

  private int slot(long tag) {
    int slot = (int) (tag ^ tag >>> 24) & (tags.length - 1);
    while (tags[slot] != 0 && tags[slot] != tag) {
      slot = (slot + 1) & (tags.length - 1);
    }
    return slot;
  }
}
