package dev.postrider.kernel.store.rocks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The platform threads that read rows for others: native code would pin the carrier of a virtual
 * thread.
 */
final class Readers implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Readers.class);

  private final ExecutorService pool;

  Readers(int threads) {
    pool =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().daemon().name("store-reader-", 1).factory());
  }

  /**
   * Runs a short read and waits for it, interrupted or not.
   *
   * @throws UncheckedIOException when the index fails
   */
  <T> T call(Callable<T> read) {
    Future<T> answer;
    try {
      answer = pool.submit(read);
    } catch (RejectedExecutionException e) {
      throw new UncheckedIOException(new IOException("the store is closed", e));
    }
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return answer.get();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      throw switch (e.getCause()) {
        case IOException io -> new UncheckedIOException(io);
        case RuntimeException fault -> fault;
        case null, default -> new IllegalStateException(e.getCause());
      };
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Runs a short task soon, or not at all where the store is being closed. */
  void later(Runnable task) {
    try {
      pool.execute(task);
    } catch (RejectedExecutionException e) {
      LOG.debug("the store is closed: {}", e.toString());
    }
  }

  @Override
  public void close() {
    pool.close();
  }
}
