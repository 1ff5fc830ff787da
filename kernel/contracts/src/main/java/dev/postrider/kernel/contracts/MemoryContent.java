package dev.postrider.kernel.contracts;

import dev.postrider.kernel.store.Batch;
import dev.postrider.kernel.store.Change;
import dev.postrider.kernel.store.NewMessage;
import dev.postrider.kernel.store.StoredMessage;
import dev.postrider.plugin.Content;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.IdentityHashMap;

/** The octets of a stored message: its head, then a part of shared content. */
record MemoryContent(StoredMessage message, Source source) implements Content {

  /** Where the shared octets come from. */
  @FunctionalInterface
  interface Source {
    byte[] octets() throws IOException;
  }

  @Override
  public long size() {
    return message.size();
  }

  @Override
  public InputStream open(long offset) throws IOException {
    byte[] shared = source.octets();
    byte[] head = message.head().getBytes(StandardCharsets.ISO_8859_1);
    int skip = (int) Math.min(offset, head.length);
    int from = Math.toIntExact(message.offset() + offset - skip);
    return new SequenceInputStream(
        new ByteArrayInputStream(head, skip, head.length - skip),
        new ByteArrayInputStream(shared, from, shared.length - from));
  }

  /** Reads what a batch brings, once per content object. */
  static IdentityHashMap<Content, byte[]> readFresh(Batch batch) throws IOException {
    IdentityHashMap<Content, byte[]> read = new IdentityHashMap<>();
    for (Change change : batch.changes()) {
      if (change.octets().orElse(null) instanceof NewMessage.Fresh fresh
          && !read.containsKey(fresh.content())) {
        try (InputStream in = fresh.content().open()) {
          read.put(fresh.content(), in.readAllBytes());
        }
      }
    }
    return read;
  }
}
