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

/** A draft on the heap up to a threshold, then in a private file. Checksums while it is written. */
final class SpillingDraft implements ContentDraft {

  private static final Logger LOG = LoggerFactory.getLogger(SpillingDraft.class);
  private static final int FIRST_CAPACITY = 8 << 10;

  private final DataDirectory directory;
  private final int threshold;
  private final CRC32C crc = new CRC32C();
  private byte[] heap = new byte[0];
  private long size;
  private @Nullable Path file;
  private @Nullable OutputStream out;
  private boolean finished;
  private boolean closed;

  SpillingDraft(DataDirectory directory, int threshold) {
    this.directory = directory;
    this.threshold = threshold;
  }

  @Override
  public void write(byte[] octets, int offset, int length) throws IOException {
    if (finished || closed) {
      throw new IOException("the draft takes no more octets");
    }
    if (out == null && size + length > threshold) {
      spill();
    }
    if (out != null) {
      out.write(octets, offset, length);
    } else {
      int needed = (int) size + length;
      if (heap.length < needed) {
        heap = Arrays.copyOf(heap, Math.max(Math.max(needed, heap.length * 2), FIRST_CAPACITY));
      }
      System.arraycopy(octets, offset, heap, (int) size, length);
    }
    crc.update(octets, offset, length);
    size += length;
  }

  private void spill() throws IOException {
    Path spilled = directory.newDraftFile();
    file = spilled;
    OutputStream stream = Files.newOutputStream(spilled);
    out = stream;
    stream.write(heap, 0, (int) size);
    heap = new byte[0];
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
    heap = new byte[0];
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
