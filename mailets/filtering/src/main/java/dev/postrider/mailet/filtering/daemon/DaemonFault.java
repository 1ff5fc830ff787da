package dev.postrider.mailet.filtering.daemon;

import java.io.IOException;
import java.io.Serial;

/**
 * A daemon can't be asked or did not do what its protocol asks of it; the message says what, for a
 * person.
 */
public final class DaemonFault extends IOException {

  @Serial private static final long serialVersionUID = 1L;

  /** With what it did. */
  public DaemonFault(String message) {
    super(message);
  }

  /** With what it did and what showed it. */
  public DaemonFault(String message, Throwable cause) {
    super(message, cause);
  }
}
