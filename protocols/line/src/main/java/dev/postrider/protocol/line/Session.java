package dev.postrider.protocol.line;

/**
 * A protocol as a function: no clock, no socket, no thread. The same state and input always give
 * the same step.
 *
 * @param <S> states, immutable
 * @param <Q> questions that need an answer from outside
 * @param <A> answers
 */
public interface Session<S, Q, A> {

  /** The first step of a connection. With implicit TLS the peer is secured already. */
  Step<S, Q> open(Peer peer);

  /** The step that follows. Must answer every input in every state. */
  Step<S, Q> on(S state, Input<A> input);

  /** True if the connection can be closed now without breaking off a piece of work. */
  boolean idle(S state);
}
