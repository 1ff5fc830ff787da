package dev.postrider.protocol.line;

import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** The exchange of one question. */
record OpenExchange(@Nullable ContentPipe pipe, Wire wire) implements Exchange {

  @Override
  public ContentEnd content(ContentSink sink) throws IOException {
    if (pipe == null) {
      throw new IllegalStateException("no content belongs to this question");
    }
    return pipe.transferTo(sink);
  }

  @Override
  public OutputStream output() {
    // What was replied before is still gathered and has to go first.
    wire.flushFirst();
    return wire.output();
  }
}
