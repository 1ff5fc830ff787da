package dev.postrider.dist.durability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.dist.client.LoopbackDns;
import dev.postrider.dist.client.RecordingSink;
import dev.postrider.dist.server.AdminDoor;
import dev.postrider.dist.server.Launcher;
import dev.postrider.dist.server.RunningServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real process is killed under load of all kinds: what it told its clients holds. The system
 * property {@code postrider.seed} starts from another seed.
 */
class CrashIT {
  private static final List<Load> LOADS =
      List.of(
          new MailLoad(),
          new MailLoad(),
          new MailLoad(),
          new MailLoad(),
          new MailLoad(),
          new ReadLoad(),
          new AdminLoad());

  @TempDir Path folder;

  @Test
  void whatWasAcknowledgedHoldsWhenTheProcessIsKilledUnderLoad() throws Exception {
    killUnderLoad(5, Long.getLong("postrider.seed", 20261123));
  }

  @Test
  @Tag("long")
  void whatWasAcknowledgedHoldsInManyRounds() throws Exception {
    killUnderLoad(50, Long.getLong("postrider.seed", System.nanoTime()));
  }

  private void killUnderLoad(int rounds, long seed) throws Exception {
    Path home = home();
    Journal journal = new Journal();
    List<String> problems = new ArrayList<>();
    try (LoopbackDns dns = new LoopbackDns().domain("far.test");
        RecordingSink sink = new RecordingSink()) {
      Map<String, String> environment =
          Map.of(
              "POSTRIDER_DNS",
              dns.address(),
              "POSTRIDER_OUTBOUND_PORT",
              Integer.toString(sink.port()),
              "POSTRIDER_OUTBOUND_ALLOW_PRIVATE",
              "true",
              "POSTRIDER_RELAY_NETWORKS",
              "127.0.0.0/8",
              // Lives of a second: compiling well does not pay.
              "POSTRIDER_JAVA_OPTS",
              "-XX:TieredStopAtLevel=1");
      Random random = new Random(seed);
      Crashes crashes = new Crashes(home, environment, journal);
      for (int round = 0; round < rounds; round++) {
        crashes.round(round == 0 ? CrashIT::prepare : _ -> {}, LOADS, random);
      }
      problems.addAll(new LedgerCheck(journal).problems(home));
      try (RunningServer server = RunningServer.start(home, environment)) {
        settle(server);
        problems.addAll(new MailboxCheck(journal).problems(server));
        problems.addAll(new AccountCheck(journal).problems(server));
        assertThat(server.stop()).isZero();
      }
      problems.addAll(new PeerCheck(journal).problems(sink));
      problems.addAll(new LedgerCheck(journal).problems(home));
    }
    assertThat(problems)
        .as("seed %d, %d mails acknowledged", seed, journal.sent().size())
        .isEmpty();
  }

  private Path home() throws Exception {
    Path home = Launcher.home(folder);
    Path conf = home.resolve("conf/postrider.xml");
    Files.writeString(
        conf,
        Files.readString(conf).replace("retry=\"2m, 5m, 15m, 30m, 1h, 2h, 4h\"", "retry=\"1s\""));
    return home;
  }

  private static void prepare(RunningServer server) throws IOException, InterruptedException {
    try (AdminDoor admin = new AdminDoor(server)) {
      for (String user : List.of("bob", "carol")) {
        add(admin, "users/" + user + "@example.test", "{\"password\":\"postrider\"}");
      }
      add(
          admin,
          "aliases/team@example.test",
          "{\"targets\":[\"alice@example.test\",\"bob@example.test\"]}");
      add(admin, "aliases/boss@example.test", "{\"targets\":[\"alice@example.test\"]}");
      add(admin, "aliases/away@example.test", "{\"targets\":[\"z@far.test\"]}");
    }
  }

  private static void add(AdminDoor admin, String path, String body)
      throws IOException, InterruptedException {
    assertThat(admin.ask("PUT", path, body)).as(path).isTrue();
  }

  /** Lets go what is held, and waits until nothing waits any more. */
  private static void settle(RunningServer server) throws Exception {
    try (AdminDoor admin = new AdminDoor(server)) {
      await()
          .atMost(Duration.ofSeconds(60))
          .until(
              () -> {
                JsonNode waiting = admin.waiting();
                for (JsonNode item : waiting) {
                  if (!item.path("held").asText().isEmpty()) {
                    admin.ask("POST", "queue/" + item.path("id").asText() + "/release", "");
                  }
                }
                return waiting.isEmpty();
              });
    }
  }
}
