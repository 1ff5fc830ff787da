package dev.postrider.kernel.intake;

import dev.postrider.plugin.Status;

/** An answer to a question of a session. */
public sealed interface Verdict {

  /** Go on. */
  Verdict OK = new Allowed();

  /** Go on. */
  record Allowed() implements Verdict {}

  /**
   * Don't.
   *
   * @param status for the peer, of class 4 or 5
   * @param disconnect whether the session ends with it (reply 421 or 5xx, then close)
   */
  record Refused(Status status, boolean disconnect) implements Verdict {}

  /** Refused, but the session goes on. */
  static Verdict refuse(Status status) {
    return new Refused(status, false);
  }
}
