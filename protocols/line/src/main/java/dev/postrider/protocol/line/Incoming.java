package dev.postrider.protocol.line;

import org.jspecify.annotations.Nullable;

/** Content on its way in, and the question that waits for it. Event loop only. */
final class Incoming<Q, A> {
  private static final long FLOOD_OCTETS = 1L << 20;

  private final ContentPipe pipe;
  private final long floodAt;
  private @Nullable Q unasked;
  private @Nullable Input<A> early;

  Incoming(Next.Receive<Q> receive, Runnable drained) {
    pipe = new ContentPipe(drained);
    unasked = receive.question();
    floodAt =
        switch (receive.framing()) {
          case Framing.Dots dots -> 2 * dots.limit() + FLOOD_OCTETS;
          case Framing.Counted counted -> Long.MAX_VALUE;
        };
  }

  ContentPipe pipe() {
    return pipe;
  }

  /** True if this is far more than what would still be read to its end. */
  boolean floodedBy(long octets) {
    return octets > floodAt;
  }

  /** The question, once, when there is enough content to ask it. */
  @Nullable Q question() {
    if (!pipe.worthStarting()) {
      return null;
    }
    Q question = unasked;
    unasked = null;
    return question;
  }

  /** Keeps an answer that came before the end of the content. */
  void early(Input<A> answer) {
    early = answer;
  }

  @Nullable Input<A> early() {
    return early;
  }

  void abort() {
    pipe.end(ContentEnd.ABORTED);
    unasked = null;
  }
}
