package dev.postrider.mailet.spam.classifier;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A mail that somebody called spam or ham.
 *
 * @param features what it shows
 * @param spam which of the two
 */
public record Lesson(Features features, boolean spam) {

  private static final int HEAD = 7;
  private static final int ROOM = 60 * 1024;

  /** A lesson as the journal keeps it: numbers only. */
  static final class Noted {

    private final long[] hashes;
    private final boolean spam;
    private final int day;

    private Noted(long[] hashes, boolean spam, int day) {
      this.hashes = hashes;
      this.spam = spam;
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
      out.put((byte) (lesson.spam() ? 1 : 0)).putShort((short) day);
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
      boolean spam = in.get() == 1;
      int day = in.getShort() & 0xffff;
      long[] hashes = new long[Math.clamp(in.getInt(), 0, in.remaining() / 8)];
      for (int i = 0; i < hashes.length; i++) {
        hashes[i] = in.getLong();
      }
      out.add(new Noted(hashes, spam, day));
    }
    return out;
  }
}
