package dev.postrider.kernel.store.rocks;

import java.io.IOException;
import java.util.concurrent.BlockingQueue;
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
  private final BlockingQueue<CompletableFuture<Long>> requests = new LinkedBlockingQueue<>();
  private final CountDownLatch stopped;
  private final Thread thread;

  Maintenance(
      RocksStoreOptions options,
      Compaction compaction,
      LedgerExpiry expiry,
      CountDownLatch stopped) {
    this.options = options;
    this.compaction = compaction;
    this.expiry = expiry;
    this.stopped = stopped;
    this.thread = Thread.ofPlatform().daemon().name("store-maintenance").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  private boolean isStopped() {
    return stopped.getCount() == 0;
  }

  private void run() {
    while (!isStopped()) {
      @Nullable CompletableFuture<Long> request = null;
      try {
        request = requests.poll(options.maintenanceInterval().toMillis(), TimeUnit.MILLISECONDS);
        if (isStopped()) {
          break;
        }
        expiry.run();
        long reclaimed = compaction.run(request != null);
        if (request != null) {
          request.complete(reclaimed);
        }
      } catch (InterruptedException e) {
        LOG.debug("maintenance looks whether it is to stop: {}", e.toString());
      } catch (IOException | RuntimeException e) {
        if (!isStopped()) {
          LOG.error("maintenance of the store failed; it is tried again later", e);
        }
        if (request != null) {
          request.completeExceptionally(e);
        }
      }
    }
    for (CompletableFuture<Long> left = requests.poll(); left != null; left = requests.poll()) {
      left.completeExceptionally(new IOException("the store is closed"));
    }
  }

  /** Compacts at full speed; returns the octets that were freed. */
  long compactNow() throws IOException {
    CompletableFuture<Long> request = new CompletableFuture<>();
    requests.add(request);
    while (true) {
      try {
        return request.get(1, TimeUnit.SECONDS);
      } catch (TimeoutException e) {
        if (!thread.isAlive()) {
          throw new IOException("the store is closed", e);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while compacting; it goes on in the background", e);
      } catch (ExecutionException e) {
        throw new IOException("compaction failed: " + e.getCause(), e);
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
