package dev.postrider.mailet.filtering.daemon;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Connections that wait for another mail, for 30 s and at most eight. The newest is taken first. A
 * virtual thread closes those nobody wants, and ends with the last; so nothing is left behind by a
 * mailet that is not used any more. Thread: any.
 *
 * @param <C> a connection
 */
public final class IdleConnections<C> {

  private static final int MOST = 8;
  private static final long PATIENCE_MILLIS = 30_000;
  private static final long LOOK_MILLIS = 5_000;

  private record Idle<C>(C connection, long since) {}

  private final Consumer<C> closing;
  private final Deque<Idle<C>> waiting = new ArrayDeque<>();
  private boolean sweeping;

  /**
   * None yet.
   *
   * @param closing takes leave of one and closes it; does not throw
   */
  public IdleConnections(Consumer<C> closing) {
    this.closing = closing;
  }

  /** One of them, which is the caller's from now on. */
  public synchronized Optional<C> take() {
    Idle<C> idle = waiting.pollLast();
    return idle == null ? Optional.empty() : Optional.of(idle.connection());
  }

  /** Keeps it, or closes it where there are enough. */
  public void put(C connection) {
    if (!kept(connection)) {
      closing.accept(connection);
    }
  }

  private synchronized boolean kept(C connection) {
    if (waiting.size() >= MOST) {
      return false;
    }
    waiting.addLast(new Idle<>(connection, System.nanoTime()));
    if (!sweeping) {
      sweeping = true;
      Thread.ofVirtual().name("idle-connections").start(this::sweep);
    }
    return true;
  }

  private void sweep() {
    try {
      do {
        Thread.sleep(LOOK_MILLIS);
      } while (closeOld());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean closeOld() {
    List<C> old = new ArrayList<>();
    boolean more;
    synchronized (this) {
      long now = System.nanoTime();
      while (!waiting.isEmpty() && now - waiting.getFirst().since() > PATIENCE_MILLIS * 1_000_000) {
        old.add(waiting.removeFirst().connection());
      }
      more = !waiting.isEmpty();
      sweeping = more;
    }
    old.forEach(closing);
    return more;
  }
}
