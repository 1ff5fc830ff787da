package dev.postrider.protocol.line;

import java.io.IOException;

/** Takes content piece by piece. */
@FunctionalInterface
public interface ContentSink {

  /** Takes the first {@code length} octets of the array, which is the sink's from now on. */
  void accept(byte[] octets, int length) throws IOException;
}
