package dev.postrider.kernel.outbound;

import dev.postrider.kernel.port.Timers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Open connections whose destination has no more mail at the moment. Whoever has the next mail for
 * it takes one over; what nobody takes in time is closed. Thread: any; a connection belongs to one
 * thread from {@link #take} to {@link #keep}.
 */
final class IdleConnections {

  /** Peers that see us come back within this time are spared a greeting and a handshake. */
  static final Duration KEPT = Duration.ofSeconds(2);

  private static final class Kept {
    private final String destination;
    private final Connection connection;
    private Runnable cancelTimer = () -> {};

    Kept(String destination, Connection connection) {
      this.destination = destination;
      this.connection = connection;
    }
  }

  private final Timers timers;
  private final ReentrantLock lock = new ReentrantLock();
  private final SequencedSet<Kept> kept = new LinkedHashSet<>();
  private boolean closed;

  IdleConnections(Timers timers) {
    this.timers = timers;
  }

  /** The one to this destination that was used last. It may have ended meanwhile. */
  Optional<Connection> take(String destination) {
    lock.lock();
    try {
      Optional<Kept> found =
          kept.reversed().stream().filter(each -> each.destination.equals(destination)).findFirst();
      found.ifPresent(this::forget);
      return found.map(each -> each.connection);
    } finally {
      lock.unlock();
    }
  }

  /** Keeps a connection for a while, or closes it where it is of no use. */
  void keep(String destination, Connection connection) {
    if (!connection.isOpen() || !add(new Kept(destination, connection))) {
      connection.close();
    }
  }

  private boolean add(Kept added) {
    lock.lock();
    try {
      if (!closed) {
        kept.add(added);
        added.cancelTimer = timers.after(KEPT, () -> expire(added));
      }
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  private void expire(Kept expired) {
    boolean ours;
    lock.lock();
    try {
      ours = kept.remove(expired);
    } finally {
      lock.unlock();
    }
    if (ours) {
      expired.connection.close();
    }
  }

  private void forget(Kept each) {
    kept.remove(each);
    each.cancelTimer.run();
  }

  /** How many are kept. */
  int count() {
    lock.lock();
    try {
      return kept.size();
    } finally {
      lock.unlock();
    }
  }

  /** Closes those that wait longest until no more than so many are kept. */
  void shrinkTo(int most) {
    List<Connection> over = new ArrayList<>();
    lock.lock();
    try {
      while (kept.size() > Math.max(0, most)) {
        Kept oldest = kept.getFirst();
        forget(oldest);
        over.add(oldest.connection);
      }
    } finally {
      lock.unlock();
    }
    over.forEach(Connection::close);
  }

  /** Closes all, and from now on each that would be kept. */
  void close() {
    lock.lock();
    try {
      closed = true;
    } finally {
      lock.unlock();
    }
    shrinkTo(0);
  }
}
