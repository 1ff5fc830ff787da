package dev.postrider.kernel.guard;

import dev.postrider.plugin.Network;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A network that is not let in.
 *
 * @param network whose clients are not let in
 * @param until when it ends, to the second as in the store; remembered for a while longer
 * @param number how many bans it has had in a row, this one included
 * @param reason one line for the admin
 */
public record Ban(Network network, Instant until, int number, String reason) {

  /** Drops what is less than a second. */
  public Ban {
    until = until.truncatedTo(ChronoUnit.SECONDS);
  }
}
