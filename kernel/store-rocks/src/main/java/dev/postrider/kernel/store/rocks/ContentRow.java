package dev.postrider.kernel.store.rocks;

/**
 * Where content lies and how many entries hold it.
 *
 * @param segment the number of the file
 * @param offset where its frame begins
 * @param length octets of the content
 * @param entries 0 when it is dead
 */
record ContentRow(long segment, long offset, long length, int entries) {

  ContentRow held(int change) {
    return new ContentRow(segment, offset, length, entries + change);
  }

  /** What it takes in its segment. */
  long footprint() {
    return Frame.HEADER + length;
  }

  void write(ByteWriter out) {
    out.u8(1).varint(segment).varint(offset).varint(length).varint(entries);
  }

  static ContentRow read(byte[] row) {
    ByteReader in = new ByteReader(row).version(1);
    return new ContentRow(in.varint(), in.varint(), in.varint(), (int) in.varint());
  }
}
