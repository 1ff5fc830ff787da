package dev.postrider.protocol.smtp.client;

import java.io.IOException;

/** The connection can't be used any more; the message is a reason for a person. */
final class WireFault extends IOException {

  private static final long serialVersionUID = 1L;

  WireFault(String message) {
    super(message);
  }

  WireFault(String message, Throwable cause) {
    super(message, cause);
  }
}
