package dev.postrider.mailet.filtering.daemon;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Where questions to a daemon go through: a limited number at once, each within the deadline, and
 * none while the daemon is out of order. Thread: any virtual thread; whoever finds no room waits.
 */
public final class Gate {

  /** A question. */
  @FunctionalInterface
  public interface Question<T> {
    /**
     * Asks.
     *
     * @param left what is left of the deadline
     * @throws IOException when the daemon does not answer; counts against it
     */
    T ask(Duration left) throws IOException;
  }

  private final Terms terms;
  private final Semaphore room;
  private final Breaker breaker;

  /** Of one daemon. */
  public Gate(Terms terms, InstantSource clock) {
    this.terms = terms;
    this.room = new Semaphore(terms.maxConcurrent());
    this.breaker = new Breaker(clock, terms.breakAfter(), terms.retryAfter());
  }

  /**
   * Asks when there is room.
   *
   * @throws IOException when there is no answer, with a reason for a person
   */
  public <T> T through(Question<T> question) throws IOException {
    long until = System.nanoTime() + terms.deadline().toNanos();
    try {
      if (!room.tryAcquire(terms.deadline().toNanos(), TimeUnit.NANOSECONDS)) {
        throw new DaemonFault(
            "it was busy with " + terms.maxConcurrent() + " other mails (maxConcurrent)");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DaemonFault("the wait for a turn was interrupted", e);
    }
    try {
      breaker.enter();
      return asked(question, Duration.ofNanos(Math.max(1, until - System.nanoTime())));
    } finally {
      room.release();
    }
  }

  private <T> T asked(Question<T> question, Duration left) throws IOException {
    boolean known = false;
    try {
      T answer = question.ask(left);
      known = true;
      breaker.succeeded();
      return answer;
    } catch (IOException e) {
      // Whoever interrupts has reasons of its own.
      if (!Thread.currentThread().isInterrupted()) {
        known = true;
        breaker.failed();
      }
      throw e;
    } finally {
      if (!known) {
        breaker.leftOpen();
      }
    }
  }
}
