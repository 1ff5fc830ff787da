package dev.postrider.protocol.line;

import java.time.Duration;

/**
 * What a session wants after its reply. Exactly one thing.
 *
 * @param <Q> questions
 */
public sealed interface Next<Q> {

  /**
   * Another line.
   *
   * @param maxOctets longest line, its CRLF included
   * @param within time for the whole line from now on, however it trickles in
   */
  record ReadLine<Q>(int maxOctets, Duration within) implements Next<Q> {}

  /**
   * To know whether the peer says something before it is its turn. What it says is kept.
   *
   * @param within how long to listen; what came before is heard however short this is
   */
  record Listen<Q>(Duration within) implements Next<Q> {}

  /** An answer. Nothing is read from the peer until it is there. */
  record Ask<Q>(Q question) implements Next<Q> {}

  /** An answer to a question that reads content from the peer. The answer comes after its end. */
  record Receive<Q>(Framing framing, Q question) implements Next<Q> {}

  /** Nothing of the next octets. */
  record Skip<Q>(long octets) implements Next<Q> {}

  /** Encryption. What the peer sent ahead of the handshake is dropped. */
  record StartTls<Q>() implements Next<Q> {}

  /** The end, once the reply is written. */
  record Close<Q>() implements Next<Q> {}
}
