package dev.postrider.dist.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.postrider.dist.server.Launcher;
import dev.postrider.dist.server.RunningServer;
import dev.postrider.plugin.testkit.LocalDaemon;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mail that is sent in circles ends, and its sender hears of it once. */
@Tag("long")
class LoopIT {

  private static final byte[] MAIL =
      "From: alice@example.test\r\nSubject: round and round\r\n\r\nhello\r\n"
          .getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder;

  private static Map<String, String> environment(LoopbackDns dns, int own, int other) {
    return Map.of(
        "POSTRIDER_DNS",
        dns.address(),
        "POSTRIDER_SMTP_PORT",
        Integer.toString(own),
        "POSTRIDER_OUTBOUND_PORT",
        Integer.toString(other),
        "POSTRIDER_OUTBOUND_ALLOW_PRIVATE",
        "true");
  }

  private static void alias(Path home, String from, String to) {
    Launcher.Result added = Launcher.run("alias", "add", from, to, "--home", home.toString());
    assertThat(added.code()).as(added.toString()).isZero();
  }

  private Path second() {
    Path home = folder.resolve("second");
    Launcher.init(home, "other.test", "bob@other.test");
    return home;
  }

  private static SmtpPeer submission(RunningServer server) throws Exception {
    SmtpPeer peer =
        new SmtpPeer(
            Maildrop.trustingEverybody().createSocket("127.0.0.1", server.port("submissions")));
    peer.reply();
    peer.command("EHLO client.test");
    byte[] plain = "\0alice@example.test\0postrider".getBytes(StandardCharsets.UTF_8);
    assertThat(peer.command("AUTH PLAIN " + Base64.getEncoder().encodeToString(plain)))
        .startsWith("235");
    return peer;
  }

  @Test
  void twoServersThatForwardToEachOtherGiveUpAndTellTheSenderOnce() throws Exception {
    Path one = Launcher.home(folder);
    Path other = second();
    int onePort = LocalDaemon.freePort();
    int otherPort = LocalDaemon.freePort();
    alias(one, "ping@example.test", "pong@other.test");
    alias(other, "pong@other.test", "ping@example.test");
    try (LoopbackDns dns = new LoopbackDns().domain("example.test").domain("other.test");
        RunningServer here = RunningServer.start(one, environment(dns, onePort, otherPort));
        RunningServer there = RunningServer.start(other, environment(dns, otherPort, onePort));
        SmtpPeer alice = submission(here)) {
      assertThat(alice.send("alice@example.test", "ping@example.test", MAIL)).startsWith("250");
      await().atMost(Duration.ofSeconds(40)).until(() -> count(here) > 0);
      try (Maildrop drop = Maildrop.open(here.port("pop3s"), "alice@example.test", "postrider")) {
        assertThat(drop.count()).isEqualTo(1);
        String report = new String(drop.message(1), StandardCharsets.UTF_8);
        assertThat(report).contains("Status: 5.4.6", "Subject: round and round");
        assertThat(report.split("Received: ", -1))
            .as("it ends at the first return")
            .hasSizeLessThan(10);
      }
      assertThat(there.output()).isNotEmpty();
    }
  }

  private static int count(RunningServer server) throws Exception {
    try (Maildrop drop = Maildrop.open(server.port("pop3s"), "alice@example.test", "postrider")) {
      return drop.count();
    }
  }
}
