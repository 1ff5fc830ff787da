package dev.postrider.kernel.store.rocks;

/**
 * Up to where the index holds what the segments say.
 *
 * @param sequence of the last group that was applied
 * @param segment in which it stands
 * @param end where it ends
 */
record Position(long sequence, long segment, long end) {

  void write(ByteWriter out) {
    out.u8(1).varint(sequence).varint(segment).varint(end);
  }

  static Position read(byte[] row) {
    ByteReader in = new ByteReader(row).version(1);
    return new Position(in.varint(), in.varint(), in.varint());
  }
}
