package dev.postrider.kernel.store;

import dev.postrider.plugin.Content;
import java.io.IOException;

/**
 * Content that is being received. Held on the heap up to a threshold, beyond it in a private file
 * (mode 0600) that is gone after {@link #close}. Nothing of it is durable until a {@link Batch}
 * that adds it is committed.
 *
 * <p>Thread: one at a time. Ownership: whoever asked for it closes it, after the commit.
 */
public interface ContentDraft extends Content, AutoCloseable {

  /**
   * Appends octets; the array may be reused afterwards.
   *
   * @throws IOException when the disk is full or fails; the draft is then good for nothing but
   *     {@link #close}
   */
  void write(byte[] octets, int offset, int length) throws IOException;

  /** Ends writing; reading is allowed from here on. Further calls do nothing. */
  void finish() throws IOException;

  /** Frees heap and file; never throws. */
  @Override
  void close();
}
