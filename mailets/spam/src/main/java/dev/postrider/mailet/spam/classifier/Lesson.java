package dev.postrider.mailet.spam.classifier;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A mail that somebody called spam or ham.
 *
 * @param features what it shows
 * @param spam which of the two
 * @param corrects whether the other one was learnt of it before, by mistake
 */
public record Lesson(Features features, boolean spam, boolean corrects) {

  private static final int SPAM = 1;
  private static final int CORRECTS = 2;
  private static final int HEAD = 7;
  private static final int ROOM = 60 * 1024;

  /** One about a mail of which nothing was learnt before. */
  public Lesson(Features features, boolean spam) {
    this(features, spam, false);
  }

  /** By how much it changes the number of mails of this kind. */
  int counts(boolean ofSpam) {
    return spam == ofSpam ? 1 : corrects ? -1 : 0;
  }

  /** A lesson as the journal keeps it: numbers only. */
  static final class Noted {

    private final long[] hashes;
    private final boolean spam;
    private final boolean corrects;
    private final int day;

    private Noted(long[] hashes, int kind, int day) {
      this.hashes = hashes;
      this.spam = (kind & SPAM) != 0;
      this.corrects = (kind & CORRECTS) != 0;
      this.day = day;
    }

    int size() {
      return hashes.length;
    }

    long hash(int index) {
      return hashes[index];
    }

    boolean spam() {
      return spam;
    }

    boolean corrects() {
      return corrects;
    }

    /** Days since 1970, modulo 2^16. */
    int day() {
      return day;
    }
  }

  /** Puts lessons together to entries of the journal, each small enough for one value. */
  static List<List<Lesson>> entries(List<Lesson> lessons) {
    List<List<Lesson>> out = new ArrayList<>();
    int used = ROOM;
    for (Lesson lesson : lessons) {
      int size = HEAD + lesson.features().size() * 8;
      if (used + size > ROOM) {
        out.add(new ArrayList<>());
        used = 0;
      }
      out.getLast().add(lesson);
      used += size;
    }
    return out;
  }

  static byte[] encode(List<Lesson> lessons, int day) {
    int size = lessons.stream().mapToInt(each -> HEAD + each.features().size() * 8).sum();
    ByteBuffer out = ByteBuffer.allocate(size);
    for (Lesson lesson : lessons) {
      int kind = (lesson.spam() ? SPAM : 0) | (lesson.corrects() ? CORRECTS : 0);
      out.put((byte) kind).putShort((short) day);
      out.putInt(lesson.features().size());
      for (long hash : lesson.features().hashes()) {
        out.putLong(hash);
      }
    }
    return out.array();
  }

  static List<Noted> decode(byte[] octets) {
    List<Noted> out = new ArrayList<>();
    ByteBuffer in = ByteBuffer.wrap(octets);
    while (in.remaining() >= HEAD) {
      int kind = in.get();
      int day = in.getShort() & 0xffff;
      long[] hashes = new long[Math.clamp(in.getInt(), 0, in.remaining() / 8)];
      for (int i = 0; i < hashes.length; i++) {
        hashes[i] = in.getLong();
      }
      out.add(new Noted(hashes, kind, day));
    }
    return out;
  }
}
