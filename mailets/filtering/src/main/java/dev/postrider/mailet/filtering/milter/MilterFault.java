package dev.postrider.mailet.filtering.milter;

import java.io.IOException;
import java.io.Serial;

/** A milter did not do what the protocol asks of it; the message says what, for a person. */
final class MilterFault extends IOException {

  @Serial private static final long serialVersionUID = 1L;

  MilterFault(String message) {
    super(message);
  }

  MilterFault(String message, Throwable cause) {
    super(message, cause);
  }
}
