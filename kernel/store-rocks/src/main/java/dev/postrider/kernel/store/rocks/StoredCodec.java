package dev.postrider.kernel.store.rocks;

import dev.postrider.kernel.store.ContentId;
import dev.postrider.kernel.store.StoredMessage;

/**
 * A stored message inside a row. It comes right after the version, so that the content of a row is
 * found without reading the rest.
 */
final class StoredCodec {

  private StoredCodec() {}

  static void write(ByteWriter out, StoredMessage message) {
    out.varint(number(message.content())).varint(message.offset()).varint(message.size());
    out.latin1(message.head());
  }

  static StoredMessage message(ByteReader in) {
    ContentId content = id(in.varint());
    long offset = in.varint();
    long size = in.varint();
    return new StoredMessage(in.latin1(), content, offset, size);
  }

  /** The content that a message, spool or queue row holds. */
  static long contentOf(byte[] row) {
    ByteReader in = new ByteReader(row);
    in.version(1, 2);
    return in.varint();
  }

  static ContentId id(long number) {
    return new ContentId(Long.toString(number));
  }

  /** The number of a content, -1 for an id that this store did not make. */
  static long number(ContentId id) {
    try {
      return Long.parseLong(id.value());
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}
