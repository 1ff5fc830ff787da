package dev.postrider.kernel.store.rocks;

import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread that reclaims space and lets fates expire, slowly, beside everything else. */
final class Maintenance implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Maintenance.class);

  private final RocksStoreOptions options;
  private final Compaction compaction;
  private final LedgerExpiry expiry;
  private final FreeSpace space;
  private final BlockingQueue<Request<?>> requests = new LinkedBlockingQueue<>();
  private final CountDownLatch stopped;
  private final Thread thread;

  Maintenance(
      RocksStoreOptions options,
      Compaction compaction,
      LedgerExpiry expiry,
      FreeSpace space,
      CountDownLatch stopped) {
    this.options = options;
    this.compaction = compaction;
    this.expiry = expiry;
    this.space = space;
    this.stopped = stopped;
    this.thread = Thread.ofPlatform().daemon().name("store-maintenance").unstarted(this::run);
  }

  /** Something that is to be done now, and whoever waits for it. */
  private static final class Request<T> {
    private final Callable<T> task;
    private final CompletableFuture<T> result = new CompletableFuture<>();

    Request(Callable<T> task) {
      this.task = task;
    }

    void run() {
      try {
        result.complete(task.call());
      } catch (Exception e) {
        result.completeExceptionally(e);
      }
    }
  }

  void start() {
    thread.start();
  }

  private boolean isStopped() {
    return stopped.getCount() == 0;
  }

  private void run() {
    while (!isStopped()) {
      try {
        @Nullable Request<?> request =
            requests.poll(options.maintenanceInterval().toMillis(), TimeUnit.MILLISECONDS);
        if (isStopped()) {
          refuse(request);
        } else if (request == null) {
          space.measure();
          expiry.run();
          compaction.run(false);
        } else {
          space.measure();
          request.run();
        }
      } catch (InterruptedException e) {
        LOG.debug("maintenance looks whether it is to stop: {}", e.toString());
      } catch (IOException | RuntimeException e) {
        if (!isStopped()) {
          LOG.error("maintenance of the store failed; it is tried again later", e);
        }
      }
    }
    for (Request<?> left = requests.poll(); left != null; left = requests.poll()) {
      refuse(left);
    }
  }

  private static void refuse(@Nullable Request<?> request) {
    if (request != null) {
      request.result.completeExceptionally(new IOException("the store is closed"));
    }
  }

  /** Compacts at full speed; returns the octets that were freed. */
  long compactNow() throws IOException {
    return call(
        "compaction",
        () -> {
          expiry.run();
          return compaction.run(true);
        });
  }

  /** Runs a task when no compaction and no other task runs, and waits for its end. */
  <T> T call(String name, Callable<T> task) throws IOException {
    Request<T> request = new Request<>(task);
    requests.add(request);
    while (true) {
      try {
        return request.result.get(1, TimeUnit.SECONDS);
      } catch (TimeoutException e) {
        if (!thread.isAlive()) {
          throw new IOException("the store is closed", e);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted; the " + name + " goes on in the background", e);
      } catch (ExecutionException e) {
        throw new IOException(name + " failed: " + e.getCause(), e);
      }
    }
  }

  @Override
  public void close() {
    stopped.countDown();
    boolean interrupted = false;
    thread.interrupt();
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
