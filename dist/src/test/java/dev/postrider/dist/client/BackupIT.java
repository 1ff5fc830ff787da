package dev.postrider.dist.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.postrider.dist.server.Launcher;
import dev.postrider.dist.server.RunningServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server under load is backed up and killed; another home takes over from the backup. */
class BackupIT {
  private static final int SESSIONS = 4;

  @TempDir Path folder;

  private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
  private final AtomicInteger number = new AtomicInteger();
  private final AtomicBoolean over = new AtomicBoolean();

  @Test
  void whatWasAcknowledgedBeforeTheBackupIsServedFromTheRestoredHomeOnce() throws Exception {
    Path home = Launcher.home(folder);
    Path backups = folder.resolve("backups");
    Set<String> before;
    try (RunningServer server = RunningServer.start(home);
        ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < SESSIONS; i++) {
        senders.submit(() -> send(server));
      }
      await().atMost(Duration.ofSeconds(30)).until(() -> acknowledged.size() > 50);
      assertRefused("in use by process " + server.process().pid(), "verify", home);
      assertDone("backup", home, backups.toString());
      before = Set.copyOf(acknowledged);
      assertThat(assertDone("backup", home, backups.toString()).out()).contains("were copied");
      server.kill();
      over.set(true);
    }
    assertDone("verify", home);
    Files.createDirectory(backups.resolve("incomplete-2099"));
    Path restored = folder.resolve("restored");

    assertDone("restore", restored, backups.toString());

    assertDone("verify", restored);
    Path key = Path.of("conf", "tls", "key.pem");
    assertThat(Files.getPosixFilePermissions(restored.resolve(key)))
        .isEqualTo(Files.getPosixFilePermissions(home.resolve(key)));
    try (RunningServer server = RunningServer.start(restored)) {
      assertThat(subjects(server)).containsAll(before).doesNotHaveDuplicates();
    }
    assertRefused("is not empty", "restore", restored, backups.toString());
    spoil(backups);
    assertRefused(
        "not what the manifest says", "restore", folder.resolve("no"), backups.toString());
    assertThat(folder.resolve("no")).doesNotExist();
  }

  private void spoil(Path backups) throws IOException {
    try (Stream<Path> all = Files.walk(backups)) {
      for (Path file : all.filter(each -> each.endsWith("pipeline.xml")).toList()) {
        Files.writeString(file, " ");
      }
    }
  }

  private static Launcher.Result run(String command, Path home, String... more) {
    return Launcher.run(
        Stream.concat(Stream.of(command, "--home", home.toString()), Stream.of(more))
            .toArray(String[]::new));
  }

  private static Launcher.Result assertDone(String command, Path home, String... more) {
    Launcher.Result result = run(command, home, more);
    assertThat(result.code()).as("%s: %s", command, result).isZero();
    return result;
  }

  private static void assertRefused(String why, String command, Path home, String... more) {
    Launcher.Result result = run(command, home, more);
    assertThat(result.code()).as("%s: %s", command, result).isEqualTo(1);
    assertThat(result.err()).contains(why);
  }

  private void send(RunningServer server) {
    while (!over.get()) {
      try (SmtpPeer peer = new SmtpPeer(server.port("smtp"))) {
        while (!over.get()) {
          String subject = "n-" + number.incrementAndGet();
          byte[] mail =
              ("Subject: " + subject + "\r\n\r\n" + "x".repeat(2000) + "\r\n")
                  .getBytes(StandardCharsets.UTF_8);
          if (peer.send("x@far.test", "alice@example.test", mail).startsWith("250")) {
            acknowledged.add(subject);
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
