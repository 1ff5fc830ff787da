package dev.postrider.plugin;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Octets of a message, wherever they are kept. They never change. Reading may block; call it from
 * virtual threads only.
 *
 * @since 1.0
 */
public interface Content {

  /** How many octets there are. */
  long size();

  /**
   * A new stream over the octets from an offset on; the caller closes it.
   *
   * @param offset 0 to {@link #size()}
   * @throws IOException when the storage fails
   */
  InputStream open(long offset) throws IOException;

  /** A new stream over all octets; the caller closes it. */
  default InputStream open() throws IOException {
    return open(0);
  }

  /** Content on the heap. The array is not copied: don't change it afterwards. */
  static Content of(byte[] octets) {
    return new Content() {
      @Override
      public long size() {
        return octets.length;
      }

      @Override
      public InputStream open(long offset) {
        int from = Math.toIntExact(offset);
        return new ByteArrayInputStream(octets, from, octets.length - from);
      }
    };
  }
}
