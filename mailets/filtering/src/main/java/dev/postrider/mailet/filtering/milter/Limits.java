package dev.postrider.mailet.filtering.milter;

import java.time.Duration;
import java.util.Optional;

/**
 * How long a milter may take and how much it may want.
 *
 * @param command for the answer to each phase but the last
 * @param end for the answer to the end of the message; each sign of life starts it anew
 * @param body octets of a new body
 * @param hostName what the server calls itself, where that was told
 */
record Limits(Duration command, Duration end, long body, Optional<String> hostName) {

  /** Checks the times. */
  Limits {
    if (!command.isPositive() || !end.isPositive()) {
      throw new IllegalArgumentException("the times of a milter are more than nothing");
    }
  }
}
