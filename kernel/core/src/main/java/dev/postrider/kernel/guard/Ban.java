package dev.postrider.kernel.guard;

import dev.postrider.plugin.Network;
import java.time.Instant;

/**
 * A network that is not let in.
 *
 * @param network whose clients are not let in
 * @param until when it ends; remembered for a while longer
 * @param number how many bans it has had in a row, this one included
 * @param reason one line for the admin
 */
public record Ban(Network network, Instant until, int number, String reason) {}
