package dev.postrider.dist.durability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.postrider.dist.client.Maildrop;
import dev.postrider.dist.client.SmtpPeer;
import dev.postrider.dist.server.Launcher;
import dev.postrider.dist.server.RunningServer;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More load than a server takes: it says so to the rest, and serves whom it let in. */
class OverloadIT {
  private static final int MAIL = 240_000;
  private static final String ALICE = "alice@example.test";

  @TempDir Path folder;

  @Test
  void beyondTheLimitPeersAreTurnedAwayAndThoseInsideAreServed() throws Exception {
    turnAway(40, 2);
  }

  @Test
  @Tag("long")
  void beyondAHighLimitPeersAreTurnedAwayForAMinute() throws Exception {
    turnAway(500, 20);
  }

  /** All of it together would be more than the heap of this server. */
  @Test
  void whatManyPeersSendAtATimeDoesNotFillTheHeap() throws Exception {
    int peers = 400;
    Path home = home(peers + 10);
    try (RunningServer server =
        RunningServer.start(home, Map.of("POSTRIDER_JAVA_OPTS", "-Xmx64m"))) {
      List<SmtpPeer> open = new ArrayList<>();
      try {
        byte[] mail = SmtpPeer.stuffed(mail("at a time"));
        for (int i = 0; i < peers; i++) {
          SmtpPeer peer = new SmtpPeer(server.port("smtp"));
          open.add(peer);
          peer.command("MAIL FROM:<x@elsewhere.test>");
          peer.command("RCPT TO:<" + ALICE + ">");
          assertThat(peer.command("DATA")).startsWith("354");
          peer.write(mail);
        }
        inParallel(open, peer -> assertThat(peer.command(".")).startsWith("250"));
      } finally {
        close(open);
      }
      assertThat(server.process().isAlive()).isTrue();
      try (Maildrop drop = Maildrop.open(server.port("pop3s"), ALICE, "postrider")) {
        assertThat(drop.count()).isEqualTo(peers);
      }
    }
  }

  @Test
  @Tag("long")
  void tenThousandSlowConnectionsDoNotKeepAGoodClientWaiting() throws Exception {
    int slow = 10_000;
    Assumptions.assumeTrue(
        openFiles() > slow + 1000,
        "more open files are needed: raise the hard limit of 'ulimit -n'");
    Path home = home(slow + 100);
    try (RunningServer server = RunningServer.start(home);
        SlowCrowd crowd = new SlowCrowd()) {
      crowd.connect(server.port("smtp"), slow);
      for (int round = 0; round < 30; round++) {
        assertThat(crowd.sayAnOctet()).isEqualTo(slow);
        serveOne(server);
      }
      assertThat(residentKilobytes(server)).isLessThan(1_000_000);
    }
  }

  private void turnAway(int limit, int rounds) throws Exception {
    Path home = home(limit);
    List<SmtpPeer> inside = Collections.synchronizedList(new ArrayList<>());
    try (RunningServer server = RunningServer.start(home)) {
      try {
        List<Socket> all = new ArrayList<>();
        for (int i = 0; i < 4 * limit; i++) {
          all.add(new Socket("127.0.0.1", server.port("smtp")));
        }
        List<SmtpPeer> away = Collections.synchronizedList(new ArrayList<>());
        inParallel(
            all,
            socket -> {
              SmtpPeer peer = new SmtpPeer(socket);
              String greeting = peer.reply();
              assertThat(greeting)
                  .matches(text -> text.startsWith("220") || text.startsWith("421"));
              if (greeting.startsWith("220")) {
                inside.add(peer);
                assertThat(peer.command("EHLO client.test")).startsWith("250");
              } else {
                away.add(peer);
              }
            });
        assertThat(inside).hasSize(limit);
        assertThat(away).hasSize(3 * limit);
        inParallel(
            List.copyOf(away),
            peer -> {
              assertThat(peer.isClosed()).isTrue();
              peer.close();
            });
        for (int round = 0; round < rounds; round++) {
          byte[] mail = mail("inside");
          inParallel(
              List.copyOf(inside),
              peer -> assertThat(peer.send("x@elsewhere.test", ALICE, mail)).startsWith("250"));
        }
      } finally {
        close(inside);
      }
      await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> isServed(server));
      try (Maildrop drop = Maildrop.open(server.port("pop3s"), ALICE, "postrider")) {
        assertThat(drop.count()).isEqualTo(limit * rounds + 1);
      }
      assertThat(residentKilobytes(server)).isLessThan(1_000_000);
    }
  }

  private static boolean isServed(RunningServer server) throws IOException {
    serveOne(server);
    return true;
  }

  private static void serveOne(RunningServer server) throws IOException {
    try (SmtpPeer good = new SmtpPeer(server.port("smtp"))) {
      assertThat(good.send("x@elsewhere.test", ALICE, mail("good"))).startsWith("250");
    }
  }

  private Path home(int connections) throws IOException {
    Path home = Launcher.home(folder);
    Path conf = home.resolve("conf/postrider.xml");
    Files.writeString(
        conf,
        Files.readString(conf)
            .replace("connections=\"5000\"", "connections=\"" + connections + "\""));
    return home;
  }

  private static byte[] mail(String subject) {
    return ("Subject: " + subject + "\r\n\r\n" + ("x".repeat(78) + "\r\n").repeat(MAIL / 80))
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static long openFiles() throws IOException {
    return Files.readString(Path.of("/proc/self/limits"))
        .lines()
        .filter(line -> line.startsWith("Max open files"))
        .map(line -> line.split(" +")[4])
        .mapToLong(hard -> hard.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(hard))
        .findFirst()
        .orElse(0);
  }

  private static long residentKilobytes(RunningServer server) throws IOException {
    return Files.readString(Path.of("/proc/" + server.process().pid() + "/status"))
        .lines()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }

  private static void close(List<SmtpPeer> peers) throws IOException {
    for (SmtpPeer peer : peers) {
      peer.close();
    }
  }

  private static <T> void inParallel(List<T> all, Task<T> task)
      throws InterruptedException, ExecutionException {
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> running = new ArrayList<>();
      for (T each : all) {
        running.add(
            clients.submit(
                () -> {
                  task.run(each);
                  return true;
                }));
      }
      for (Future<?> future : running) {
        future.get();
      }
    }
  }

  @FunctionalInterface
  private interface Task<T> {
    void run(T each) throws IOException;
  }
}
