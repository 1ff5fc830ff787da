package dev.postrider.protocol.smtp.server;

import dev.postrider.kernel.guard.Reaction;
import java.time.Duration;

/**
 * What becomes of peers that don't wait for their turn. Trusted networks and LMTP are not watched.
 *
 * @param greetDelay how long the greeting waits for a peer that speaks first; what came before it
 *     is seen however short this is
 * @param earlyTalkers those that speak before the greeting (RFC 5321 §4.3.1)
 * @param badPipelining those that send ahead before EHLO offered it, or after a command that has to
 *     be the last of a group (RFC 2920 §3.1)
 */
public record Manners(Duration greetDelay, Reaction earlyTalkers, Reaction badPipelining) {

  /** 100 ms, and both are refused. */
  public static final Manners DEFAULT =
      new Manners(Duration.ofMillis(100), Reaction.REFUSE, Reaction.REFUSE);

  /** Nobody is watched. */
  public static final Manners UNWATCHED =
      new Manners(Duration.ZERO, Reaction.IGNORE, Reaction.IGNORE);
}
