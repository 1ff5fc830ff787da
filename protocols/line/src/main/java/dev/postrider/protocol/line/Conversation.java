package dev.postrider.protocol.line;

import org.jspecify.annotations.Nullable;

/**
 * Answers the questions of one connection, one at a time: on virtual threads, where it may block,
 * or at once on the event loop. Each call sees what the one before wrote.
 */
public interface Conversation<Q, A> extends AutoCloseable {

  /**
   * Answers a question. An exception is a fault: it is logged, and the session hears {@link
   * Input.Failed}.
   */
  A answer(Q question, Exchange exchange) throws Exception;

  /**
   * Answers a question on the event loop, where that needs nothing that may block; null where the
   * question has to be asked by {@link #answer}.
   */
  default @Nullable A answerAtOnce(Q question) {
    return null;
  }

  /** The connection is gone; release what is still held. Called once, after the last answer. */
  @Override
  void close();
}
