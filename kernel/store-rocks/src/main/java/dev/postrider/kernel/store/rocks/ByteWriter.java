package dev.postrider.kernel.store.rocks;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/** A growing array that rows are encoded into. Thread: one at a time; meant to be reused. */
class ByteWriter {

  byte[] array;
  int length;

  ByteWriter(int capacity) {
    this.array = new byte[capacity];
  }

  final ByteWriter reset() {
    length = 0;
    return this;
  }

  private void room(int more) {
    if (array.length - length < more) {
      array = Arrays.copyOf(array, Math.max(array.length * 2, length + more));
    }
  }

  final ByteWriter u8(int value) {
    room(1);
    array[length++] = (byte) value;
    return this;
  }

  final ByteWriter flag(boolean value) {
    return u8(value ? 1 : 0);
  }

  /** Seven bits at a time, lowest first; negative values take ten octets. */
  final ByteWriter varint(long value) {
    room(10);
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      array[length++] = (byte) ((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    array[length++] = (byte) rest;
    return this;
  }

  final ByteWriter fixed64(long value) {
    room(8);
    for (int shift = 56; shift >= 0; shift -= 8) {
      array[length++] = (byte) (value >>> shift);
    }
    return this;
  }

  final ByteWriter fixed32(int value) {
    room(4);
    for (int shift = 24; shift >= 0; shift -= 8) {
      array[length++] = (byte) (value >>> shift);
    }
    return this;
  }

  final ByteWriter raw(byte[] source, int from, int count) {
    room(count);
    System.arraycopy(source, from, array, length, count);
    length += count;
    return this;
  }

  final ByteWriter raw(String text) {
    byte[] octets = text.getBytes(StandardCharsets.UTF_8);
    return raw(octets, 0, octets.length);
  }

  final ByteWriter bytes(byte[] source) {
    return varint(source.length).raw(source, 0, source.length);
  }

  final ByteWriter string(String text) {
    return bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  final ByteWriter latin1(String text) {
    return bytes(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  final ByteWriter optional(Optional<String> text) {
    flag(text.isPresent());
    text.ifPresent(this::string);
    return this;
  }

  final ByteWriter instant(Instant instant) {
    long seconds = instant.getEpochSecond();
    return varint((seconds << 1) ^ (seconds >> 63)).varint(instant.getNano());
  }

  /** Twelve octets that sort as the instants do. */
  final ByteWriter sortable(Instant instant) {
    return fixed64(instant.getEpochSecond() ^ Long.MIN_VALUE).fixed32(instant.getNano());
  }

  final byte[] toBytes() {
    return Arrays.copyOf(array, length);
  }
}
