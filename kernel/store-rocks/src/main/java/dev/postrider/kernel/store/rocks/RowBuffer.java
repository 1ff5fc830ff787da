package dev.postrider.kernel.store.rocks;

/**
 * Row changes in their order, in the form of a RocksDB write batch: 8 octets of zero, the count (4
 * octets, lowest first), then per change a tag, the key and for a put the value, each with a varint
 * length before it. So one copy goes into the segment and one native call into the index.
 */
final class RowBuffer {

  static final int HEADER = 12;
  static final int DELETE = 0;
  static final int PUT = 1;

  private final ByteWriter out = new ByteWriter(1 << 16);
  private int count;

  RowBuffer() {
    reset();
  }

  void reset() {
    out.reset().fixed64(0).fixed32(0);
    count = 0;
  }

  void put(ByteWriter key, ByteWriter value) {
    out.u8(PUT).varint(key.length).raw(key.array, 0, key.length);
    out.varint(value.length).raw(value.array, 0, value.length);
    count++;
  }

  void put(byte[] key, byte[] value) {
    out.u8(PUT).bytes(key).bytes(value);
    count++;
  }

  void delete(ByteWriter key) {
    out.u8(DELETE).varint(key.length).raw(key.array, 0, key.length);
    count++;
  }

  void delete(byte[] key) {
    out.u8(DELETE).bytes(key);
    count++;
  }

  /** Takes over logged changes as they are. */
  void addLogged(byte[] changes) {
    out.raw(changes, 0, changes.length);
    ByteReader in = new ByteReader(changes);
    while (in.more()) {
      boolean put = in.u8() == PUT;
      in.skip(in.count());
      if (put) {
        in.skip(in.count());
      }
      count++;
    }
  }

  boolean isEmpty() {
    return count == 0;
  }

  int length() {
    return out.length;
  }

  byte[] array() {
    return out.array;
  }

  /** The whole write batch. */
  byte[] toBatch() {
    for (int i = 0; i < 4; i++) {
      out.array[8 + i] = (byte) (count >>> (8 * i));
    }
    return out.toBytes();
  }
}
