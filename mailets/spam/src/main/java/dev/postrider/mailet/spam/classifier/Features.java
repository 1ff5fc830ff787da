package dev.postrider.mailet.spam.classifier;

import dev.postrider.mailet.spam.reading.Reading;
import java.util.Arrays;
import java.util.Locale;

/**
 * What a mail shows of itself, each feature once: words and pairs of words of text and subject,
 * links, header fields, the shape of its HTML. A feature is a number of 64 bits; its text is kept
 * only as a place in the mail's text, for explanations. Immutable.
 */
public final class Features {

  /** Distinct features of a mail at most; a longer mail is judged by how it begins. */
  public static final int MOST = 4096;

  private static final int SHOWN = 40;

  private final long[] hashes;
  private final long[] spans;
  private final char[] source;

  private Features(long[] hashes, long[] spans, char[] source) {
    this.hashes = hashes;
    this.spans = spans;
    this.source = source;
  }

  /** The features of a mail. */
  public static Features of(Reading reading) {
    Collector collector = new Collector(reading.text());
    int text = collector.length();
    new Traits(collector).of(reading);
    int subject = collector.append(reading.subject());
    Words.of(collector, subject, collector.length(), Kind.SUBJECT);
    // Last: a text without end leaves no room for others.
    Words.of(collector, 0, text, Kind.BODY);
    return collector.features();
  }

  /** How many there are. */
  public int size() {
    return hashes.length;
  }

  /** One of them; equal numbers are taken for equal features. */
  long hash(int index) {
    return hashes[index];
  }

  /** All of them. */
  long[] hashes() {
    return hashes.clone();
  }

  /** One of them for a person: {@code word}, {@code subject:word}, {@code url:host}, … */
  String shown(int index) {
    int from = (int) (spans[index] >>> 32);
    int to = (int) spans[index] & 0x0fff_ffff;
    int code = (int) spans[index] >>> 28;
    boolean subject = code == Kind.SUBJECT.code || code == Kind.SUBJECT_PAIR.code;
    String text = new String(source, from, Math.min(to - from, SHOWN)).toLowerCase(Locale.ROOT);
    return (subject ? "subject:" : "") + text.replace('\n', ' ');
  }

  /** Where a feature stands. */
  enum Kind {
    BODY(0),
    PAIR(1),
    SUBJECT(2),
    SUBJECT_PAIR(3),
    TRAIT(4);

    // Part of every feature's number: what was learnt depends on it.
    private final int code;

    Kind(int code) {
      this.code = code;
    }

    /** The kind of pairs of words of this kind. */
    Kind pair() {
      return switch (this) {
        case BODY, PAIR -> PAIR;
        case SUBJECT, SUBJECT_PAIR -> SUBJECT_PAIR;
        case TRAIT -> TRAIT;
      };
    }
  }

  /** Collects features of one mail. Not thread-safe. */
  static final class Collector {

    private static final int SLOTS = 4 * MOST;
    // Words can be chosen so that all want the same slot; what finds none nearby is left out.
    private static final int NEAR = 64;

    private char[] source;
    private int length;
    private final long[] slots = new long[SLOTS];
    private final long[] hashes = new long[MOST];
    private final long[] spans = new long[MOST];
    private int size;

    Collector(String text) {
      this.source = Arrays.copyOf(text.toCharArray(), text.length() + 4096);
      this.length = text.length();
    }

    int length() {
      return length;
    }

    char at(int index) {
      return source[index];
    }

    /** Adds text and answers where it begins. */
    int append(String text) {
      int from = length + 1;
      int end = from + text.length();
      if (end > source.length) {
        source = Arrays.copyOf(source, end * 2);
      }
      source[length] = '\n';
      text.getChars(0, text.length(), source, from);
      length = end;
      return from;
    }

    /** Notes a feature that is not in the text. */
    void trait(String text) {
      if (size < MOST) {
        int from = append(text);
        add(hash(from, length, Kind.TRAIT), from, length, Kind.TRAIT);
      }
    }

    /** The number of a piece of the text, letters in lower case; never 0. */
    long hash(int from, int to, Kind kind) {
      long h = 0xcbf29ce484222325L + kind.code * 0x9e3779b97f4a7c15L;
      for (int i = from; i < to; i++) {
        h = (h ^ lower(source[i])) * 0x100000001b3L;
      }
      return mixed(h);
    }

    /** The number of two features side by side. */
    static long pair(long first, long second) {
      return mixed(first * 31 + Long.rotateLeft(second, 17));
    }

    void add(long hash, int from, int to, Kind kind) {
      for (int i = 0; i < NEAR && size < MOST; i++) {
        int slot = (int) (hash + i) & (SLOTS - 1);
        if (slots[slot] == hash) {
          return;
        }
        if (slots[slot] == 0) {
          slots[slot] = hash;
          hashes[size] = hash;
          spans[size++] = (long) from << 32 | (long) kind.code << 28 | to;
          return;
        }
      }
    }

    Features features() {
      return new Features(Arrays.copyOf(hashes, size), Arrays.copyOf(spans, size), source);
    }

    private static char lower(char c) {
      return c < 0x80 ? (c >= 'A' && c <= 'Z' ? (char) (c + 32) : c) : Character.toLowerCase(c);
    }

    private static long mixed(long h) {
      long x = (h ^ h >>> 33) * 0xff51afd7ed558ccdL;
      x = (x ^ x >>> 33) * 0xc4ceb9fe1a85ec53L;
      x ^= x >>> 33;
      return x == 0 ? 1 : x;
    }
  }
}
