package dev.postrider.kernel.store.rocks;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/**
 * Reads what {@link ByteWriter} wrote.
 *
 * <p>All methods throw {@link DamagedRow} where the octets end too early or make no sense.
 */
final class ByteReader {

  /** A row that can't be read. */
  static final class DamagedRow extends RuntimeException {
    private static final long serialVersionUID = 1;

    DamagedRow(String message) {
      super(message);
    }
  }

  private final byte[] array;
  private final int end;
  private int at;

  ByteReader(byte[] array) {
    this(array, 0, array.length);
  }

  ByteReader(byte[] array, int from, int end) {
    this.array = array;
    this.at = from;
    this.end = end;
  }

  private int take(int count) {
    if (count < 0 || end - at < count) {
      throw new DamagedRow("a row ends too early");
    }
    int from = at;
    at += count;
    return from;
  }

  boolean more() {
    return at < end;
  }

  int position() {
    return at;
  }

  int u8() {
    return array[take(1)] & 0xff;
  }

  boolean flag() {
    return u8() != 0;
  }

  long varint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int octet = u8();
      value |= (long) (octet & 0x7f) << shift;
      if (octet < 0x80) {
        return value;
      }
    }
    throw new DamagedRow("a number is too long");
  }

  int count() {
    long value = varint();
    if (value < 0 || value > end - at) {
      throw new DamagedRow("a count of " + value + " does not fit the row");
    }
    return (int) value;
  }

  long fixed64() {
    int from = take(8);
    long value = 0;
    for (int i = 0; i < 8; i++) {
      value = (value << 8) | (array[from + i] & 0xff);
    }
    return value;
  }

  byte[] bytes() {
    int count = count();
    int from = take(count);
    byte[] copy = new byte[count];
    System.arraycopy(array, from, copy, 0, count);
    return copy;
  }

  /** Jumps over octets. */
  void skip(int count) {
    take(count);
  }

  String string() {
    int count = count();
    return new String(array, take(count), count, StandardCharsets.UTF_8);
  }

  String rest() {
    int count = end - at;
    return new String(array, take(count), count, StandardCharsets.UTF_8);
  }

  String latin1() {
    int count = count();
    return new String(array, take(count), count, StandardCharsets.ISO_8859_1);
  }

  Optional<String> optional() {
    return flag() ? Optional.of(string()) : Optional.empty();
  }

  Instant instant() {
    long zigzag = varint();
    return Instant.ofEpochSecond((zigzag >>> 1) ^ -(zigzag & 1), varint());
  }

  /** Checks the version octet that every value begins with. */
  ByteReader version(int known) {
    version(known, known);
    return this;
  }

  /** The version octet, one of those that are known. */
  int version(int oldest, int newest) {
    int version = u8();
    if (version < oldest || version > newest) {
      throw new DamagedRow("a row has the version " + version + ", not " + newest);
    }
    return version;
  }
}
