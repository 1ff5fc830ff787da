package dev.postrider.dist.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postrider.dist.server.AdminDoor;
import dev.postrider.dist.server.Launcher;
import dev.postrider.dist.server.RunningServer;
import dev.postrider.plugin.testkit.LocalDaemon;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an administrator does with mail that waits, by the command line of a running server. */
class QueueIT {

  @TempDir Path folder;
  private String lastMailId = "";

  @Test
  void mailForADeadHostWaitsIsHeldReleasedAndSentWhenTheHostIsBack() throws Exception {
    Path home = Launcher.home(folder);
    int port = LocalDaemon.freePort();
    try (LoopbackDns dns = new LoopbackDns().domain("dead.test");
        RunningServer server = RunningServer.start(home, environment(dns, port));
        AdminDoor admin = new AdminDoor(server)) {
      send(server, "x@example.test", "y@dead.test", "late");
      await().atMost(Duration.ofSeconds(30)).until(() -> first(admin).path("attempts").asInt() > 0);
      String id = first(admin).path("id").asText();
      assertThat(queue(home, "list")).contains("y@dead.test");
      assertThat(queue(home, "show", id))
          .contains("y@dead.test")
          .doesNotContain("last reply   none");

      queue(home, "hold", id);
      assertThat(first(admin).path("held").asText()).isNotEmpty();
      try (RecordingSink sink = new RecordingSink(port)) {
        queue(home, "retry", "--all");
        assertThat(first(admin).path("held").asText()).as("held mail is not tried").isNotEmpty();
        queue(home, "release", id);
        await().atMost(Duration.ofSeconds(30)).until(() -> sink.subjects().size() == 1);
        assertThat(sink.subjects()).containsExactly("late");
        await().atMost(Duration.ofSeconds(30)).until(() -> first(admin).isMissingNode());
      }
      assertThat(queue(home, "show", lastMailId))
          .as("the ledger remembers")
          .contains("y@dead.test");
    }
  }

  @Test
  void aRemovedMailIsGoneForGood() throws Exception {
    Path home = Launcher.home(folder);
    try (LoopbackDns dns = new LoopbackDns().domain("dead.test");
        RunningServer server = RunningServer.start(home, environment(dns, LocalDaemon.freePort()));
        AdminDoor admin = new AdminDoor(server)) {
      send(server, "x@example.test", "y@dead.test", "never");
      await().atMost(Duration.ofSeconds(30)).until(() -> first(admin).path("attempts").asInt() > 0);
      queue(home, "remove", first(admin).path("id").asText());
      assertThat(first(admin).isMissingNode()).isTrue();
      Launcher.Result again = Launcher.run("queue", "remove", "nothing", "--home", home.toString());
      assertThat(again.code()).isEqualTo(1);
    }
  }

  @Test
  void mailToADomainThatDoesNotExistComesBackAsAReport() throws Exception {
    Path home = Launcher.home(folder);
    try (LoopbackDns dns = new LoopbackDns();
        RunningServer server = RunningServer.start(home, environment(dns, LocalDaemon.freePort()));
        AdminDoor admin = new AdminDoor(server)) {
      send(server, "alice@example.test", "y@nowhere.test", "in vain");
      await().atMost(Duration.ofSeconds(30)).until(() -> count(server, "alice") == 1);
      try (Maildrop drop = Maildrop.open(server.port("pop3s"), "alice@example.test", "postrider")) {
        String report = new String(drop.message(1), StandardCharsets.UTF_8);
        assertThat(report)
            .contains("Return-Path: <>")
            .contains("Auto-Submitted: auto-replied")
            .contains("multipart/report")
            .contains("Action: failed")
            .contains("Status: 5.1.2")
            .contains("y@nowhere.test")
            .contains("Subject: in vain");
      }
      assertThat(first(admin).isMissingNode()).as("nothing waits").isTrue();
    }
  }

  @Test
  void aliasesGroupsAndSubaddressesMadeWhileTheServerRunsLeadToMailboxesOnce() throws Exception {
    Path home = Launcher.home(folder);
    Homes.addUser(home, "bob@example.test", "postrider");
    try (RunningServer server = RunningServer.start(home)) {
      run(home, "alias", "add", "team@example.test", "alice@example.test", "bob@example.test");
      run(home, "alias", "add", "boss@example.test", "alice@example.test");
      run(home, "domain", "add", "second.test");
      run(home, "alias", "add", "@second.test", "bob@example.test");
      send(server, "x@elsewhere.test", "team@example.test", "to both");
      send(server, "x@elsewhere.test", "boss@example.test", "to alice");
      send(server, "x@elsewhere.test", "alice+news@example.test", "to alice too");
      send(server, "x@elsewhere.test", "whoever@second.test", "to bob");
      assertThat(count(server, "alice")).isEqualTo(3);
      assertThat(count(server, "bob")).isEqualTo(2);
      run(home, "user", "remove", "bob@example.test");
      try (SmtpPeer peer = new SmtpPeer(server.port("smtp"))) {
        peer.command("MAIL FROM:<x@elsewhere.test>");
        assertThat(peer.command("RCPT TO:<bob@example.test>")).startsWith("550 5.1.1");
      }
      assertThat(server.stop()).isZero();
    }
    try (RunningServer server = RunningServer.start(home)) {
      assertThat(count(server, "alice")).as("after a restart").isEqualTo(3);
    }
  }

  private static Map<String, String> environment(LoopbackDns dns, int outboundPort) {
    return Map.of(
        "POSTRIDER_DNS",
        dns.address(),
        "POSTRIDER_OUTBOUND_PORT",
        Integer.toString(outboundPort),
        "POSTRIDER_OUTBOUND_ALLOW_PRIVATE",
        "true",
        "POSTRIDER_RELAY_NETWORKS",
        "127.0.0.0/8");
  }

  private void send(RunningServer server, String from, String to, String subject) throws Exception {
    byte[] mail = ("Subject: " + subject + "\r\n\r\nhello\r\n").getBytes(StandardCharsets.UTF_8);
    try (SmtpPeer peer = new SmtpPeer(server.port("smtp"))) {
      String reply = peer.send(from, to, mail);
      assertThat(reply).startsWith("250");
      lastMailId = reply.substring(reply.lastIndexOf(' ') + 1);
    }
  }

  private static int count(RunningServer server, String user) throws Exception {
    try (Maildrop drop = Maildrop.open(server.port("pop3s"), user + "@example.test", "postrider")) {
      return drop.count();
    }
  }

  private static JsonNode first(AdminDoor admin) throws Exception {
    return admin.waiting().path(0);
  }

  private static String queue(Path home, String... words) {
    String[] all = new String[words.length + 1];
    all[0] = "queue";
    System.arraycopy(words, 0, all, 1, words.length);
    return run(home, all);
  }

  private static String run(Path home, String... words) {
    String[] all = Arrays.copyOf(words, words.length + 2);
    all[words.length] = "--home";
    all[words.length + 1] = home.toString();
    Launcher.Result result = Launcher.run(all);
    assertThat(result.code()).as(String.join(" ", all) + ": " + result).isZero();
    return result.out();
  }
}
