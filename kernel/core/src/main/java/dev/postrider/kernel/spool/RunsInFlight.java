package dev.postrider.kernel.spool;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/**
 * The mails of the spool that somebody works on now, so that nobody else does: a run that began at
 * the door, the worker, or an admin. Only saves work: two runs of one mail could not both commit.
 * Thread: any.
 */
public final class RunsInFlight {
  private final Set<String> ids = new HashSet<>();
  private volatile Runnable whenReleased = () -> {};

  /** Who is told whenever a mail was given back; must return at once. */
  void whenReleased(Runnable listener) {
    whenReleased = listener;
  }

  /** Takes a mail; false where somebody has it. */
  public synchronized boolean claim(String mailId) {
    return ids.add(mailId);
  }

  /** Gives a mail back. */
  public void release(String mailId) {
    synchronized (this) {
      ids.remove(mailId);
      notifyAll();
    }
    whenReleased.run();
  }

  /** How many are taken. */
  public synchronized int count() {
    return ids.size();
  }

  /** Waits until none is taken, at most so long; returns whether none is. */
  public synchronized boolean awaitNone(Duration longest) throws InterruptedException {
    long deadline = System.nanoTime() + longest.toNanos();
    for (long left = longest.toNanos(); !ids.isEmpty() && left > 0; ) {
      wait(left / 1_000_000, (int) (left % 1_000_000));
      left = deadline - System.nanoTime();
    }
    return ids.isEmpty();
  }
}
