package dev.postrider.dist.durability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.postrider.dist.client.Maildrop;
import dev.postrider.dist.client.SmtpPeer;
import dev.postrider.dist.server.AdminDoor;
import dev.postrider.dist.server.Launcher;
import dev.postrider.dist.server.RunningServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A disk that is really full: peers wait, the server lives, and goes on when there is space. */
class FullDiskIT {
  private static final int MEGABYTES = 160;
  private static final int BALLAST = 40 << 20;
  private static final int MAIL = 600_000;
  private static final int ENOUGH = 4 * MEGABYTES * 1_000_000 / MAIL;

  @TempDir Path folder;
  private int number;

  /** With a reserve, and without: then writes of all kinds fail in the middle. */
  @ParameterizedTest
  @ValueSource(strings = {"8m", "0"})
  void peersAreAskedToWaitAndWhatWasAcknowledgedIsThereOnce(String minimumFree) throws Exception {
    try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"), MEGABYTES)) {
      Path home = home(disk.root(), minimumFree);
      List<String> acknowledged = new ArrayList<>();
      disk.takeBallast(BALLAST);
      try (RunningServer server = RunningServer.start(home)) {
        String last = fill(server, acknowledged);
        assertThat(last).startsWith("452 4.3.1");
        assertThat(acknowledged).hasSizeGreaterThan(10);
        theLogTellsWhy(home);
        theServerStillAnswers(server, acknowledged);
        if (!minimumFree.equals("0")) {
          refusedBeforeTheContentIsSent(server);
        }
        disk.dropBallast();
        await()
            .atMost(Duration.ofSeconds(30))
            .until(() -> send(server, acknowledged).startsWith("250"));
        deleteFirst(server, acknowledged);
        for (int i = 0; i < 5; i++) {
          assertThat(send(server, acknowledged)).startsWith("250");
        }
        assertThat(subjects(server)).containsAll(acknowledged).doesNotHaveDuplicates();
        assertThat(server.stop()).isZero();
      }
      try (RunningServer server = RunningServer.start(home)) {
        assertThat(subjects(server)).containsAll(acknowledged).doesNotHaveDuplicates();
        assertThat(send(server, acknowledged)).startsWith("250");
        wholeMessagesCome(server);
      }
    }
  }

  private static void theLogTellsWhy(Path home) throws IOException {
    Path log = home.resolve("log/postrider.log");
    if (Files.readString(home.resolve("conf/postrider.xml")).contains("minimum-free=\"8m\"")) {
      await()
          .atMost(Duration.ofSeconds(10))
          .until(() -> Files.readString(log).contains("no mail is taken (452)"));
    }
  }

  private static Path home(Path root, String minimumFree) throws IOException {
    Path home = Launcher.home(root);
    Path conf = home.resolve("conf/postrider.xml");
    Files.writeString(
        conf,
        Files.readString(conf)
            .replace("minimum-free=\"100m\"", "minimum-free=\"" + minimumFree + "\""));
    return home;
  }

  /** Sends until something else than 250 comes; that reply. */
  private String fill(RunningServer server, List<String> acknowledged) throws IOException {
    String reply = "250";
    for (int i = 0; i < ENOUGH && reply.startsWith("250"); i++) {
      reply = send(server, acknowledged);
    }
    return reply;
  }

  private String send(RunningServer server, List<String> acknowledged) throws IOException {
    String subject = "n-" + number++;
    byte[] mail =
        ("Subject: " + subject + "\r\n\r\n" + ("x".repeat(78) + "\r\n").repeat(MAIL / 80))
            .getBytes(StandardCharsets.US_ASCII);
    try (SmtpPeer peer = new SmtpPeer(server.port("smtp"))) {
      String reply = peer.trySend("x@elsewhere.test", "alice@example.test", mail);
      if (reply.startsWith("250")) {
        acknowledged.add(subject);
      }
      return reply;
    }
  }

  private static void theServerStillAnswers(RunningServer server, List<String> acknowledged)
      throws Exception {
    try (SmtpPeer peer = new SmtpPeer(server.port("smtp"));
        AdminDoor admin = new AdminDoor(server)) {
      assertThat(peer.command("NOOP")).startsWith("250");
      assertThat(admin.waiting()).isEmpty();
    }
    assertThat(subjects(server)).containsAll(acknowledged).doesNotHaveDuplicates();
    wholeMessagesCome(server);
  }

  private void refusedBeforeTheContentIsSent(RunningServer server) throws IOException {
    try (SmtpPeer peer = new SmtpPeer(server.port("smtp"))) {
      assertThat(peer.command("MAIL FROM:<x@elsewhere.test> SIZE=20000000"))
          .startsWith("452 4.3.1");
      await()
          .atMost(Duration.ofSeconds(10))
          .until(() -> fill(server, new ArrayList<>()).startsWith("452"));
    }
  }

  private static void deleteFirst(RunningServer server, List<String> acknowledged)
      throws Exception {
    try (Maildrop drop = open(server)) {
      acknowledged.remove(Maildrop.subject(drop.header(1)));
      drop.delete(1);
    }
  }

  private static void wholeMessagesCome(RunningServer server) throws Exception {
    try (Maildrop drop = open(server)) {
      for (int i = 1; i <= drop.count(); i += 7) {
        assertThat(drop.message(i)).hasSizeGreaterThan(MAIL - 100);
      }
    }
  }

  private static List<String> subjects(RunningServer server) throws Exception {
    try (Maildrop drop = open(server)) {
      return drop.subjects();
    }
  }

  private static Maildrop open(RunningServer server) throws Exception {
    return Maildrop.open(server.port("pop3s"), "alice@example.test", "postrider");
  }
}
