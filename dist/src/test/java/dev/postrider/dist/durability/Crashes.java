package dev.postrider.dist.durability;

import dev.postrider.dist.server.RunningServer;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the real process again and again and kills it in the middle of its work. */
final class Crashes {
  private static final Logger LOG = LoggerFactory.getLogger(Crashes.class);
  private static final int FEWEST = 20;
  private static final int SPREAD = 250;
  private static final int SPREAD_MICROS = 20_000;

  private final Path home;
  private final Map<String, String> environment;
  private final Journal journal;

  Crashes(Path home, Map<String, String> environment, Journal journal) {
    this.home = home;
    this.environment = environment;
    this.journal = journal;
  }

  /** What is done before the loads begin. */
  @FunctionalInterface
  interface Preparation {

    /** Uses the server that has just started. */
    void prepare(RunningServer server) throws IOException, InterruptedException;
  }

  /** One life of the server under these loads, each on a thread of its own. */
  void round(Preparation preparation, List<Load> loads, Random random)
      throws IOException, InterruptedException {
    try (RunningServer server = RunningServer.start(home, environment);
        ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      preparation.prepare(server);
      for (Load load : loads) {
        Random own = new Random(random.nextLong());
        clients.submit(() -> untilKilled(load, server, own));
      }
      int count = FEWEST + random.nextInt(SPREAD);
      long micros = random.nextInt(SPREAD_MICROS);
      boolean enough = journal.await(count);
      // The moment of the kill is what the test varies: time itself is the input here.
      new CountDownLatch(1).await(micros, TimeUnit.MICROSECONDS);
      server.kill();
      if (!enough) {
        throw new AssertionError(
            "fewer than %d acknowledgements in a minute: %s".formatted(count, server.output()));
      }
    }
  }

  private void untilKilled(Load load, RunningServer server, Random random) {
    while (server.process().isAlive()) {
      try {
        load.work(server, random, journal);
      } catch (IOException | GeneralSecurityException e) {
        LOG.debug("broke off", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
