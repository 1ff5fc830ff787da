package dev.postrider.mailet.filtering.milter;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Connections that wait for another mail, for 30 s and at most eight. The newest is taken first. A
 * virtual thread closes those nobody wants, and ends with the last; so nothing is left behind by a
 * mailet that is not used any more. Thread: any.
 */
final class IdleWires {

  private static final int MOST = 8;
  private static final long PATIENCE_MILLIS = 30_000;
  private static final long LOOK_MILLIS = 5_000;

  private record Idle(Wire wire, long since) {}

  private final Deque<Idle> waiting = new ArrayDeque<>();
  private boolean sweeping;

  synchronized Optional<Wire> take() {
    Idle idle = waiting.pollLast();
    return idle == null ? Optional.empty() : Optional.of(idle.wire());
  }

  /** Keeps it, or closes it where there are enough. */
  void put(Wire wire) {
    if (!kept(wire)) {
      close(wire);
    }
  }

  private synchronized boolean kept(Wire wire) {
    if (waiting.size() >= MOST) {
      return false;
    }
    waiting.addLast(new Idle(wire, System.nanoTime()));
    if (!sweeping) {
      sweeping = true;
      Thread.ofVirtual().name("milter-idle").start(this::sweep);
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
    List<Wire> old = new ArrayList<>();
    boolean more;
    synchronized (this) {
      long now = System.nanoTime();
      while (!waiting.isEmpty() && now - waiting.getFirst().since() > PATIENCE_MILLIS * 1_000_000) {
        old.add(waiting.removeFirst().wire());
      }
      more = !waiting.isEmpty();
      sweeping = more;
    }
    old.forEach(IdleWires::close);
    return more;
  }

  private static void close(Wire wire) {
    try (wire) {
      wire.put('Q', new byte[0]);
      wire.flush();
    } catch (IOException e) {
      // It is closed; a milter that did not wait for the farewell has lost nothing.
      return;
    }
  }
}
