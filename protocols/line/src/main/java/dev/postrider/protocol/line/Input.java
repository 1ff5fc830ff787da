package dev.postrider.protocol.line;

import java.nio.charset.StandardCharsets;

/**
 * What can happen to a session.
 *
 * @param <A> answers to the session's questions
 */
public sealed interface Input<A> {

  /**
   * A command line without its CRLF.
   *
   * @param followed whether the peer has sent more already. True only of a peer that did not wait
   *     for the reply; false may also mean that what follows is still on its way.
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Line<A>(byte[] octets, boolean followed) implements Input<A> {

    /** Of a peer that waits. */
    public Line(byte[] octets) {
      this(octets, false);
    }

    /** The line as UTF-8; octets that are none become U+FFFD. */
    public String text() {
      return new String(octets, StandardCharsets.UTF_8);
    }
  }

  /** A line that was refused by the framing. */
  record Bad<A>(LineFault fault) implements Input<A> {}

  /** What came of {@link Next.Listen}: whether the peer spoke. */
  record Heard<A>(boolean spoke) implements Input<A> {}

  /** The answer to the question of the last step. */
  record Answer<A>(A answer) implements Input<A> {}

  /** The question of the last step could not be answered; the fault is logged already. */
  record Failed<A>() implements Input<A> {}

  /** The octets of {@link Next.Skip} are gone. */
  record Skipped<A>() implements Input<A> {}

  /** The handshake that the last step asked for is done. Nothing said before counts any more. */
  record Secured<A>(TlsFacts tls) implements Input<A> {}

  /** The peer was too slow; the next step should say so and close. */
  record TimedOut<A>() implements Input<A> {}

  /** The peer sent far more content than allowed; the next step should say so and close. */
  record Flooded<A>() implements Input<A> {}

  /** The server stops and the session is idle; the next step should say so and close. */
  record Stopping<A>() implements Input<A> {}
}
