package dev.postrider.dist.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.postrider.dist.server.Launcher;
import dev.postrider.dist.server.RunningServer;
import dev.postrider.plugin.testkit.LocalDaemon;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged plugin {@code filtering} with its own Jackson, asking filters outside. */
class FiltersIT {

  private static final String ROOT = "<processor state=\"root\">";

  @TempDir Path folder;
  private Path home;
  private HttpServer hook;

  @BeforeEach
  void start() throws IOException {
    home = Launcher.home(folder);
    hook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    hook.createContext("/check", FiltersIT::judge);
    hook.start();
  }

  @AfterEach
  void stop() {
    hook.stop(0);
  }

  private static void judge(HttpExchange exchange) throws IOException {
    String posted = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String answer =
        posted.contains("\"value\":\"spam\"")
            ? "{\"action\": \"refuse\", \"text\": \"no spam here\"}"
            : "{\"action\": \"continue\", \"addHeaders\":"
                + " [{\"name\": \"X-Hook\", \"value\": \"fine\"}]}";
    byte[] octets = answer.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, octets.length);
    exchange.getResponseBody().write(octets);
    exchange.close();
  }

  private void mailet(String xml) throws IOException {
    Path pipeline = home.resolve("conf/pipeline.xml");
    // The tests of the shipped pipeline know nothing of filters.
    String shipped = Files.readString(pipeline).replaceAll("(?s)<test .*?</test>", "");
    Files.writeString(pipeline, shipped.replace(ROOT, ROOT + xml));
  }

  private String hookXml() {
    return "<mailet match=\"All\" class=\"HttpHook\"><url>http://127.0.0.1:%d/check</url></mailet>"
        .formatted(hook.getAddress().getPort());
  }

  private static String send(RunningServer server, String subject) throws Exception {
    try (SmtpPeer peer = new SmtpPeer(server.port("smtp"))) {
      byte[] mail = ("Subject: " + subject + "\r\n\r\nhello\r\n").getBytes(StandardCharsets.UTF_8);
      return peer.send("x@elsewhere.test", "alice@example.test", mail);
    }
  }

  private static String received(RunningServer server) throws Exception {
    try (Maildrop drop = Maildrop.open(server.port("pop3s"), "alice@example.test", "postrider")) {
      assertThat(drop.count()).isEqualTo(1);
      return new String(drop.message(1), StandardCharsets.UTF_8);
    }
  }

  @Test
  void anHttpHookRefusesAtTheDoorAndMarksTheRest() throws Exception {
    mailet(hookXml());
    try (RunningServer server =
        RunningServer.start(home, Map.of("POSTRIDER_HTTP_ALLOW_PRIVATE", "127.0.0.1"))) {
      assertThat(send(server, "spam")).startsWith("550 5.7.1 no spam here");
      assertThat(send(server, "hello")).startsWith("250");
      assertThat(received(server)).contains("X-Hook: fine\r\n");
    }
  }

  @Test
  void withoutAnAllowanceNothingInsideIsReached() throws Exception {
    mailet(hookXml());
    try (RunningServer server = RunningServer.start(home)) {
      assertThat(send(server, "hello")).startsWith("451");
    }
  }

  @Test
  void aRealMilterMarksMail() throws Exception {
    String python = Tool.require("python3", "python3");
    Assumptions.assumeTrue(
        Tool.run(folder, "", python, "-c", "import Milter").exit() == 0,
        "python3 without Milter; install Debian's package python3-milter");
    Path root = Path.of(System.getProperty("postrider.root", ".."));
    Path script = root.resolve("mailets/filtering/src/test/resources/small_milter.py");
    Path socket = folder.resolve("milter.sock");
    try (LocalDaemon _ =
        LocalDaemon.start(
            folder,
            () -> Files.exists(socket),
            List.of(python, script.toAbsolutePath().toString(), "unix:" + socket))) {
      mailet(
          "<mailet match=\"All\" class=\"Milter\"><address>unix:" + socket + "</address></mailet>");
      try (RunningServer server = RunningServer.start(home)) {
        assertThat(send(server, "hello")).startsWith("250");
        assertThat(received(server))
            .contains("X-Top: yes\r\n", "X-Body-Octets: 7\r\n", "X-Client: 127.0.0.1\r\n");
      }
    }
  }
}
