package dev.postrider.kernel.host.http;

import dev.postrider.kernel.port.Timers;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Connections that wait for another request, each for some seconds: at most {@value #PER_ORIGIN} to
 * one origin and {@value #MOST} in all. Thread: any.
 */
final class IdleConnections {

  static final int PER_ORIGIN = 4;
  static final int MOST = 32;

  private static final System.Logger LOG = System.getLogger(IdleConnections.class.getName());

  private record Idle(HttpConnection connection, Runnable noEnd) {}

  private final Timers timers;
  private final List<Idle> idle = new ArrayList<>();

  IdleConnections(Timers timers) {
    this.timers = timers;
  }

  /**
   * One to the origin at one of these addresses, that the other side has not ended and on which it
   * has said nothing since. It belongs to the caller.
   */
  Optional<HttpConnection> take(Origin origin, List<InetAddress> addresses) {
    while (true) {
      Optional<HttpConnection> found = remove(origin, addresses);
      if (found.isEmpty() || found.get().isQuiet()) {
        return found;
      }
      close(found.get());
    }
  }

  // The newest first: it is the likeliest to be open still, and the others may run out.
  private synchronized Optional<HttpConnection> remove(Origin origin, List<InetAddress> addresses) {
    for (int i = idle.size() - 1; i >= 0; i--) {
      HttpConnection connection = idle.get(i).connection();
      if (connection.origin().equals(origin) && addresses.contains(connection.address())) {
        idle.remove(i).noEnd().run();
        return Optional.of(connection);
      }
    }
    return Optional.empty();
  }

  /** Keeps a connection after an answer, or closes it, as the answer wants it. */
  void put(HttpConnection connection) {
    if (!connection.keep().isPositive() || !keeps(connection)) {
      close(connection);
    }
  }

  private synchronized boolean keeps(HttpConnection connection) {
    long same =
        idle.stream()
            .filter(each -> each.connection().origin().equals(connection.origin()))
            .count();
    if (same >= PER_ORIGIN || idle.size() >= MOST) {
      return false;
    }
    Runnable noEnd = timers.after(connection.keep(), () -> end(connection));
    return idle.add(new Idle(connection, noEnd));
  }

  private void end(HttpConnection connection) {
    synchronized (this) {
      if (!idle.removeIf(each -> each.connection() == connection)) {
        return;
      }
    }
    close(connection);
  }

  static void close(HttpConnection connection) {
    try {
      connection.close();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "a connection did not end well", e);
    }
  }
}
