package dev.postrider.protocol.line;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Content on its way from the event loop, which never waits, to one virtual thread, which does. */
final class ContentPipe {
  static final int EAGER = 64 * 1024;
  private static final int HIGH = 256 * 1024;
  private static final int LOW = 64 * 1024;

  private final Runnable drained;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final ArrayDeque<Frame.Piece> pieces = new ArrayDeque<>();
  private int held;
  private boolean full;
  private boolean unwanted;
  private @Nullable ContentEnd end;

  /**
   * @param drained called by the reader when a full pipe has room again
   */
  ContentPipe(Runnable drained) {
    this.drained = drained;
  }

  void offer(Frame.Piece piece) {
    lock.lock();
    try {
      if (!unwanted) {
        pieces.add(piece);
        held += piece.length();
        full = held >= HIGH;
        arrived.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  void end(ContentEnd how) {
    lock.lock();
    try {
      if (end == null) {
        end = how;
        if (how != ContentEnd.COMPLETE) {
          pieces.clear();
        }
        arrived.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  boolean worthStarting() {
    lock.lock();
    try {
      return end != null || held >= EAGER;
    } finally {
      lock.unlock();
    }
  }

  boolean full() {
    lock.lock();
    try {
      return full;
    } finally {
      lock.unlock();
    }
  }

  /** From now on pieces are dropped; the reader has what it wanted. */
  void unwanted() {
    boolean wasFull;
    lock.lock();
    try {
      unwanted = true;
      pieces.clear();
      held = 0;
      wasFull = full;
      full = false;
    } finally {
      lock.unlock();
    }
    if (wasFull) {
      drained.run();
    }
  }

  ContentEnd transferTo(ContentSink sink) throws IOException {
    while (true) {
      Frame.Piece piece = take();
      if (piece == null) {
        return ended();
      }
      sink.accept(piece.octets(), piece.length());
    }
  }

  private Frame.@Nullable Piece take() {
    Frame.Piece piece;
    boolean roomAgain;
    lock.lock();
    try {
      while (pieces.isEmpty() && end == null) {
        arrived.awaitUninterruptibly();
      }
      piece = pieces.poll();
      held -= piece == null ? 0 : piece.length();
      roomAgain = full && held <= LOW;
      if (roomAgain) {
        full = false;
      }
    } finally {
      lock.unlock();
    }
    if (roomAgain) {
      drained.run();
    }
    return piece;
  }

  private ContentEnd ended() {
    lock.lock();
    try {
      return end == null ? ContentEnd.ABORTED : end;
    } finally {
      lock.unlock();
    }
  }
}
