package dev.postrider.dist.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.postrider.dist.server.Launcher;
import dev.postrider.dist.server.RunningServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real process is killed under load: what it said it accepted is there, once. */
class CrashIT {
  private static final int SESSIONS = 8;

  @TempDir Path folder;

  private final Set<String> local = ConcurrentHashMap.newKeySet();
  private final Set<String> relayed = ConcurrentHashMap.newKeySet();
  private final AtomicInteger number = new AtomicInteger();

  @Test
  void nothingAcknowledgedIsLostOrDoubledWhenTheProcessIsKilledUnderLoad() throws Exception {
    killUnderLoad(4, 20261123);
  }

  @Test
  @Tag("long")
  void nothingAcknowledgedIsLostOrDoubledInManyRounds() throws Exception {
    killUnderLoad(50, System.nanoTime());
  }

  private void killUnderLoad(int rounds, long seed) throws Exception {
    Random random = new Random(seed);
    Path home = Launcher.home(folder);
    try (LoopbackDns dns = new LoopbackDns();
        RecordingSink sink = new RecordingSink()) {
      dns.domain("far.test");
      Map<String, String> environment =
          Map.of(
              "POSTRIDER_DNS",
              dns.address(),
              "POSTRIDER_OUTBOUND_PORT",
              Integer.toString(sink.port()),
              "POSTRIDER_OUTBOUND_ALLOW_PRIVATE",
              "true",
              "POSTRIDER_RELAY_NETWORKS",
              "127.0.0.0/8");
      for (int round = 0; round < rounds; round++) {
        try (RunningServer server = RunningServer.start(home, environment)) {
          underLoad(server, random);
        }
      }
      try (RunningServer server = RunningServer.start(home, environment)) {
        List<String> inbox = subjects(server);
        assertThat(inbox)
            .as("seed %s: in the mailbox", seed)
            .containsAll(local)
            .doesNotHaveDuplicates();
        await()
            .atMost(Duration.ofSeconds(60))
            .until(() -> new HashSet<>(sink.subjects()).containsAll(relayed));
        int copies = sink.subjects().size() - new HashSet<>(sink.subjects()).size();
        // The reply of the peer and the kill may cross: one mail in flight per connection.
        assertThat(copies)
            .as("seed %s: doubled at the peer", seed)
            .isLessThanOrEqualTo(rounds * 10);
      }
    }
  }

  private void underLoad(RunningServer server, Random random) throws Exception {
    int before = local.size() + relayed.size();
    int target = before + 20 + random.nextInt(200);
    AtomicBoolean over = new AtomicBoolean();
    try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < SESSIONS; i++) {
        boolean remote = i % 4 == 0;
        senders.submit(() -> send(server, remote, over));
      }
      await()
          .atMost(Duration.ofSeconds(60))
          .pollInterval(Duration.ofMillis(5))
          .until(() -> local.size() + relayed.size() >= target);
      // The moment of the kill is what the test varies: time itself is the input here.
      new CountDownLatch(1).await(random.nextInt(20_000), TimeUnit.MICROSECONDS);
      server.kill();
      over.set(true);
    }
  }

  private void send(RunningServer server, boolean remote, AtomicBoolean over) {
    while (!over.get()) {
      try (SmtpPeer peer = new SmtpPeer(server.port("smtp"))) {
        while (!over.get()) {
          String subject = "n-" + number.incrementAndGet();
          byte[] mail =
              ("Subject: " + subject + "\r\n\r\n" + "x".repeat(2000) + "\r\n")
                  .getBytes(StandardCharsets.UTF_8);
          String to = remote ? "y@far.test" : "alice@example.test";
          if (peer.send("x@example.test", to, mail).startsWith("250")) {
            (remote ? relayed : local).add(subject);
          }
        }
      } catch (IOException e) {
        // Killed: what was not acknowledged may be there or not.
        if (!server.process().isAlive()) {
          return;
        }
      }
    }
  }

  private static List<String> subjects(RunningServer server) throws Exception {
    try (Maildrop drop = Maildrop.open(server.port("pop3s"), "alice@example.test", "postrider")) {
      return drop.headers().stream()
          .flatMap(String::lines)
          .filter(line -> line.startsWith("Subject: "))
          .map(line -> line.substring(9))
          .toList();
    }
  }
}
