package dev.postrider.dist.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A server that runs in this process. Ends in the reverse order of its start. */
public final class Server {

  /** How long mails in flight may take to end after the server was asked to stop. */
  static final Duration GRACE = Duration.ofSeconds(15);

  /** When the launcher began: seconds of the epoch, point, six digits. */
  private static final String BEGIN = "postrider.begin";

  private static final Logger LOG = LoggerFactory.getLogger(Server.class);

  private final List<Part> parts = new ArrayList<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Map<String, InetSocketAddress> listeners;
  private final Reload reload;
  private final long millisToReady;

  /** Something that has to be ended. */
  @FunctionalInterface
  interface Ending {
    void end() throws IOException, InterruptedException;
  }

  private record Part(String name, Ending ending) {}

  /** Parts that have begun, the first first. */
  static final class Begun {
    private final List<Part> parts = new ArrayList<>();

    void add(String name, Ending ending) {
      parts.add(new Part(name, ending));
    }

    /** Ends what has begun, because the start fails. */
    void undo() {
      end(parts);
    }
  }

  Server(Begun begun, Map<String, InetSocketAddress> listeners, Reload reload) {
    this.parts.addAll(begun.parts);
    this.listeners = listeners;
    this.reload = reload;
    this.millisToReady = Duration.between(begin(), Instant.now()).toMillis();
  }

  // The launcher tells when it began. The JVM knows its own begin too, but asking for it loads the
  // management beans.
  private static Instant begin() {
    String[] parts = System.getProperty(BEGIN, "").split("[.,]", 2);
    try {
      return Instant.ofEpochSecond(
          Long.parseLong(parts[0]), TimeUnit.MICROSECONDS.toNanos(Long.parseLong(parts[1])));
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
      return ProcessHandle.current().info().startInstant().orElseGet(Instant::now);
    }
  }

  /** Ends the server when the process is asked to (SIGTERM, SIGINT); the exit code is then 0. */
  public void endWithProcess() {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  LOG.info("asked to stop");
                  boolean clean = stop();
                  // A JVM that ends by a signal would exit with 143, which says "killed".
                  Runtime.getRuntime().halt(clean ? 0 : 1);
                },
                "stop"));
  }

  /** Reloads the server whenever the process gets SIGHUP; the log tells what came of it. */
  public void reloadOnHangUp() {
    HangUp.run(() -> reload.reloadBecause("SIGHUP"));
  }

  /** Ends everything; whether all ended as it should. */
  public boolean stop() {
    boolean clean = end(parts);
    ended.countDown();
    return clean;
  }

  private static boolean end(List<Part> parts) {
    boolean clean = true;
    for (Part part : parts.reversed()) {
      try {
        part.ending().end();
      } catch (IOException | RuntimeException e) {
        clean = false;
        LOG.error("ending {} failed", part.name(), e);
      } catch (InterruptedException e) {
        clean = false;
        Thread.currentThread().interrupt();
      }
    }
    return clean;
  }

  /** Where its listeners are, by name. */
  public Map<String, InetSocketAddress> listeners() {
    return listeners;
  }

  /** From the start of the launcher until all listeners accepted. */
  public long millisToReady() {
    return millisToReady;
  }

  /** Waits until it was stopped. */
  public void awaitEnd() throws InterruptedException {
    ended.await();
  }
}
