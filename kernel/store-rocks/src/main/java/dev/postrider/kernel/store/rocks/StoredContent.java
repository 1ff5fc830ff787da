package dev.postrider.kernel.store.rocks;

import dev.postrider.kernel.store.StoredMessage;
import dev.postrider.plugin.Content;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;

/** The octets of a stored message: its head, then content of a segment from an offset on. */
final class StoredContent implements Content {

  private final StoredMessage message;
  private final ContentReader reader;

  StoredContent(StoredMessage message, ContentReader reader) {
    this.message = message;
    this.reader = reader;
  }

  @Override
  public long size() {
    return message.size();
  }

  @Override
  public InputStream open(long offset) throws IOException {
    String head = message.head();
    if (offset >= head.length()) {
      return reader.open(message.content(), message.offset() + offset - head.length());
    }
    InputStream shared = reader.open(message.content(), message.offset());
    byte[] octets = head.getBytes(StandardCharsets.ISO_8859_1);
    return new SequenceInputStream(
        new ByteArrayInputStream(octets, (int) offset, octets.length - (int) offset), shared);
  }
}
