package dev.postrider.dist.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.postrider.dist.server.Launcher;
import dev.postrider.dist.server.RunningServer;
import dev.postrider.plugin.testkit.LocalDaemon;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Postfix's load generator and sink: nothing is lost on the way in or out. */
class ManyMessagesIT {
  private static final int IN = 10_000;
  private static final int OUT = 5_000;

  @TempDir Path folder;

  @Test
  void tenThousandMessagesOverFiftySessionsAreAllInTheMailbox() throws Exception {
    String source = Tool.require("smtp-source", "postfix");
    Path home = Launcher.home(folder);
    try (RunningServer server = RunningServer.start(home)) {
      Tool.Result sent =
          Tool.run(
              folder,
              "",
              source,
              "-d",
              "-s",
              "50",
              "-m",
              "" + IN,
              "-l",
              "4096",
              "-f",
              "x@elsewhere.test",
              "-t",
              "alice@example.test",
              "127.0.0.1:" + server.port("smtp"));
      assertThat(sent.exit()).as(sent.output()).isZero();
      try (Maildrop drop = Maildrop.open(server.port("pop3s"), "alice@example.test", "postrider")) {
        assertThat(drop.count()).isEqualTo(IN);
      }
    }
  }

  @Test
  void fiveThousandMessagesAreRelayedToAnotherHostAndNoneTwice() throws Exception {
    String source = Tool.require("smtp-source", "postfix");
    String sink = Tool.require("smtp-sink", "postfix");
    Path home = Launcher.home(folder);
    int port = LocalDaemon.freePort();
    Path counted = Files.createFile(folder.resolve("sink.log"));
    Process peer =
        new ProcessBuilder(
                sink, "-u", System.getProperty("user.name"), "-c", "127.0.0.1:" + port, "500")
            .redirectErrorStream(true)
            .redirectOutput(counted.toFile())
            .start();
    try (LoopbackDns dns = new LoopbackDns()) {
      await().atMost(Duration.ofSeconds(60)).until(() -> answers(port) || !peer.isAlive());
      for (int i = 0; i < 5; i++) {
        dns.domain("far" + i + ".test");
      }
      Map<String, String> environment =
          Map.of(
              "POSTRIDER_DNS",
              dns.address(),
              "POSTRIDER_OUTBOUND_PORT",
              Integer.toString(port),
              "POSTRIDER_OUTBOUND_ALLOW_PRIVATE",
              "true",
              "POSTRIDER_RELAY_NETWORKS",
              "127.0.0.0/8");
      try (RunningServer server = RunningServer.start(home, environment)) {
        for (int i = 0; i < 5; i++) {
          Tool.Result sent =
              Tool.run(
                  folder,
                  "",
                  source,
                  "-d",
                  "-s",
                  "20",
                  "-m",
                  "" + OUT / 5,
                  "-l",
                  "4096",
                  "-f",
                  "x@example.test",
                  "-t",
                  "y@far" + i + ".test",
                  "127.0.0.1:" + server.port("smtp"));
          assertThat(sent.exit()).as(sent.output()).isZero();
        }
        await().atMost(Duration.ofSeconds(90)).until(() -> queued(home) == 0);
      }
      await().atMost(Duration.ofSeconds(60)).until(() -> messages(counted) >= OUT);
      assertThat(messages(counted)).isEqualTo(OUT);
    } finally {
      peer.destroy();
      peer.waitFor();
    }
  }

  private static boolean answers(int port) {
    try (SmtpPeer peer = new SmtpPeer(port)) {
      return peer.command("QUIT").startsWith("221");
    } catch (IOException e) {
      return false;
    }
  }

  private static int queued(Path home) {
    Launcher.Result listed = Launcher.run("queue", "list", "--json", "--home", home.toString());
    assertThat(listed.code()).as(listed.err()).isZero();
    List<String> ids = new ArrayList<>();
    listed.out().lines().filter(line -> line.contains("\"id\"")).forEach(ids::add);
    return ids.size();
  }

  // smtp-sink -c rewrites one line: "sess=… quit=… mesg=…", separated by carriage returns.
  private static int messages(Path counted) throws IOException {
    String text = Files.readString(counted);
    int at = text.lastIndexOf("mesg=");
    return at < 0 ? 0 : Integer.parseInt(text.substring(at + 5).split("\\D", 2)[0]);
  }
}
