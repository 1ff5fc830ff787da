package dev.postrider.kernel.store.rocks;

import dev.postrider.kernel.store.ContentDraft;
import java.io.ByteArrayInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A draft on the heap up to a threshold or as long as the pool has heap for it, then in a private
 * file. Checksums while it is written.
 */
final class SpillingDraft implements ContentDraft {

  private static final Logger LOG = LoggerFactory.getLogger(SpillingDraft.class);
  private static final int FIRST_CAPACITY = 8 << 10;
  private static final long CHECK_EVERY = 1 << 20;

  private final DraftPool pool;
  private final CRC32C crc = new CRC32C();
  private byte[] heap = new byte[0];
  private long size;
  private long checkedAt;
  private @Nullable Path file;
  private @Nullable OutputStream out;
  private boolean finished;
  private boolean closed;

  SpillingDraft(DraftPool pool) {
    this.pool = pool;
  }

  @Override
  public void write(byte[] octets, int offset, int length) throws IOException {
    if (finished || closed) {
      throw new IOException("the draft takes no more octets");
    }
    if (out == null && !fits(size + length)) {
      spill();
    }
    if (out != null) {
      if (size - checkedAt >= CHECK_EVERY) {
        pool.checkSpace();
        checkedAt = size;
      }
      out.write(octets, offset, length);
    } else {
      System.arraycopy(octets, offset, heap, (int) size, length);
    }
    crc.update(octets, offset, length);
    size += length;
  }

  private boolean fits(long needed) {
    if (needed > pool.heapPerDraft()) {
      return false;
    }
    if (needed <= heap.length) {
      return true;
    }
    int capacity =
        (int)
            Math.max(
                needed, Math.min(pool.heapPerDraft(), Math.max(FIRST_CAPACITY, heap.length * 2L)));
    if (!pool.take(capacity - heap.length)) {
      return false;
    }
    heap = Arrays.copyOf(heap, capacity);
    return true;
  }

  private void freeHeap() {
    pool.giveBack(heap.length);
    heap = new byte[0];
  }

  private void spill() throws IOException {
    pool.checkSpace();
    checkedAt = size;
    Path spilled = pool.newFile();
    file = spilled;
    OutputStream stream = Files.newOutputStream(spilled);
    out = stream;
    stream.write(heap, 0, (int) size);
    freeHeap();
  }

  @Override
  public void finish() throws IOException {
    if (closed) {
      throw new IOException("the draft is closed");
    }
    finished = true;
    if (out != null) {
      out.close();
    }
  }

  /** What a committer writes. */
  Octets octets() throws IOException {
    checkReadable();
    Path spilled = file;
    return spilled == null
        ? new Octets.OnHeap(heap, (int) size, (int) crc.getValue())
        : new Octets.InFile(spilled, size, (int) crc.getValue());
  }

  private void checkReadable() throws IOException {
    if (!finished || closed) {
      throw new IOException(closed ? "the draft is closed" : "the draft is not finished");
    }
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public InputStream open(long offset) throws IOException {
    checkReadable();
    Path spilled = file;
    if (spilled == null) {
      return new ByteArrayInputStream(heap, (int) offset, (int) (size - offset));
    }
    // No channel of the nio package: an interrupted reader would close it.
    InputStream in = new FileInputStream(spilled.toFile());
    in.skipNBytes(offset);
    return in;
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    freeHeap();
    try {
      if (out != null) {
        out.close();
      }
      if (file != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      LOG.warn("the draft {} could not be removed: {}", file, e.getMessage());
    }
  }
}
