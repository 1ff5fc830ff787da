package dev.postrider.protocol.line;

/**
 * Answers the questions of one connection, on virtual threads, one at a time; may block. Each call
 * sees what the one before wrote.
 */
public interface Conversation<Q, A> extends AutoCloseable {

  /**
   * Answers a question. An exception is a fault: it is logged, and the session hears {@link
   * Input.Failed}.
   */
  A answer(Q question, Exchange exchange) throws Exception;

  /** The connection is gone; release what is still held. Called once, after the last answer. */
  @Override
  void close();
}
