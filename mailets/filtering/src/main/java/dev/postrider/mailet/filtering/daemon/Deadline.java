package dev.postrider.mailet.filtering.daemon;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Ends a conversation over a connection when its time is over, by closing the connection: whoever
 * reads or writes is woken by that. Used by the thread that converses; closing it ends the watch,
 * not the connection.
 */
public final class Deadline implements AutoCloseable {

  private final AtomicReference<@Nullable SocketChannel> current = new AtomicReference<>();
  private final Alarm alarm;
  private final Duration whole;

  /** Begins to watch. */
  public Deadline(Duration whole) {
    this.whole = whole;
    this.alarm = new Alarm(whole, () -> hangUp(current.get()));
    alarm.start();
  }

  /** From now on this connection is the one to close, at the latest when all time is over. */
  public void watch(SocketChannel channel) {
    current.set(channel);
    alarm.set(whole);
    if (alarm.rang()) {
      hangUp(channel);
    }
  }

  /** The next thing has to happen within this time. */
  public void next(Duration patience) {
    alarm.set(patience);
  }

  /** Whether the time was over. */
  public boolean passed() {
    return alarm.rang();
  }

  /**
   * What ended the conversation: the deadline, whatever it looked like to whoever read or wrote, or
   * else what was seen.
   */
  public IOException reason(IOException seen) {
    return passed() ? new DaemonFault("it did not answer in time", seen) : seen;
  }

  /** Closes a connection where there is one. */
  public static void hangUp(@Nullable SocketChannel channel) {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        // Whoever waits on it is woken all the same.
        return;
      }
    }
  }

  @Override
  public void close() {
    alarm.close();
  }
}
