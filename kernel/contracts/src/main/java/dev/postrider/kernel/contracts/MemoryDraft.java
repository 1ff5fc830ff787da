package dev.postrider.kernel.contracts;

import dev.postrider.kernel.store.ContentDraft;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** A draft on the heap that insists on the order write, finish, read, close. */
final class MemoryDraft implements ContentDraft {

  private final ByteArrayOutputStream octets = new ByteArrayOutputStream();
  private boolean finished;
  private boolean closed;

  @Override
  public void write(byte[] source, int offset, int length) throws IOException {
    if (finished || closed) {
      throw new IOException("the draft is finished");
    }
    octets.write(source, offset, length);
  }

  @Override
  public void finish() throws IOException {
    if (closed) {
      throw new IOException("the draft is closed");
    }
    finished = true;
  }

  @Override
  public long size() {
    return octets.size();
  }

  @Override
  public InputStream open(long offset) throws IOException {
    if (!finished || closed) {
      throw new IOException(closed ? "the draft is closed" : "the draft is not finished");
    }
    byte[] all = octets.toByteArray();
    int from = Math.toIntExact(offset);
    return new ByteArrayInputStream(all, from, all.length - from);
  }

  @Override
  public void close() {
    closed = true;
  }
}
