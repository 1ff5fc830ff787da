package dev.postrider.kernel.store.rocks;

import java.io.IOException;

/** A data directory that can't be opened; the message tells a person which, why and what to do. */
public final class StoreOpenException extends IOException {

  private static final long serialVersionUID = 1;

  StoreOpenException(String message) {
    super(message);
  }

  StoreOpenException(String message, Throwable cause) {
    super(message, cause);
  }
}
