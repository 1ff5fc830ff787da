package dev.postrider.protocol.line;

import java.io.IOException;
import java.io.OutputStream;

/** The octets that belong to a question. Only valid until the answer is given. */
public interface Exchange {

  /**
   * Hands on the content that the peer sends, waiting for it, and says how it ended. May be called
   * once, for {@link Next.Receive}. While the sink is busy, the peer has to wait. If it is not
   * called, or the sink throws, the rest of the content is read and dropped.
   *
   * @throws IOException from the sink
   */
  ContentEnd content(ContentSink sink) throws IOException;

  /**
   * Writes to the peer after everything replied before, waiting while the peer does not read. What
   * is written here goes out before the reply of the step that handles the answer. Flushing and
   * closing are not needed.
   */
  OutputStream output();
}
