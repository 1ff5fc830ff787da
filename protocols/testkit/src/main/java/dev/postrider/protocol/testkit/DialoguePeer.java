package dev.postrider.protocol.testkit;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The server of a dialogue, as its client sees it. */
public interface DialoguePeer extends AutoCloseable {

  /** Sends octets as they are. */
  void send(byte[] octets) throws IOException;

  /** The next line without its CRLF, or null at the end of the connection. */
  @Nullable String readLine() throws IOException;

  /** Does a handshake as a client. */
  void startTls() throws IOException;

  @Override
  void close() throws IOException;
}
