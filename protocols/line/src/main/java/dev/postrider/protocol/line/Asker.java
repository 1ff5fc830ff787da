package dev.postrider.protocol.line;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes a session's questions to a virtual thread, one at a time. Event loop only. */
final class Asker<Q, A> {
  private static final Logger LOG = LoggerFactory.getLogger(Asker.class);

  private final Conversation<Q, A> conversation;
  private final Wire wire;
  private final Executor threads;
  private final Consumer<Input<A>> answered;
  private boolean open;
  private boolean closed;

  Asker(Conversation<Q, A> conversation, Wire wire, Executor threads, Consumer<Input<A>> answered) {
    this.conversation = conversation;
    this.wire = wire;
    this.threads = threads;
    this.answered = answered;
  }

  /** The answer where it needs no other thread, else null. */
  @Nullable Input<A> atOnce(Q question) {
    try {
      A answer = conversation.answerAtOnce(question);
      return answer == null ? null : new Input.Answer<>(answer);
    } catch (RuntimeException e) {
      LOG.error("A question of {} could not be answered", wire.channel(), e);
      return new Input.Failed<>();
    }
  }

  void ask(Q question, @Nullable ContentPipe content) {
    open = true;
    threads.execute(
        () -> {
          Input<A> input = answer(question, content);
          try {
            wire.onLoop(() -> deliver(input));
          } catch (RejectedExecutionException e) {
            LOG.debug("the event loop has ended, {} is cut off", wire.channel(), e);
            conversation.close();
          }
        });
  }

  private Input<A> answer(Q question, @Nullable ContentPipe content) {
    try {
      return new Input.Answer<>(conversation.answer(question, new OpenExchange(content, wire)));
    } catch (Exception | Error e) {
      if (wire.channel().isActive()) {
        LOG.error("A question of {} could not be answered", wire.channel(), e);
      } else {
        LOG.debug("{} left while its question was open", wire.channel(), e);
      }
      return new Input.Failed<>();
    } finally {
      if (content != null) {
        content.unwanted();
      }
    }
  }

  private void deliver(Input<A> input) {
    open = false;
    if (closed) {
      threads.execute(conversation::close);
    } else {
      answered.accept(input);
    }
  }

  /** Closes the conversation, after the open question if there is one. */
  void close() {
    if (!closed) {
      closed = true;
      if (!open) {
        threads.execute(conversation::close);
      }
    }
  }
}
