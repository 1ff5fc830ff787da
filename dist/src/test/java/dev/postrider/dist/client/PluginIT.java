package dev.postrider.dist.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.dist.server.Launcher;
import dev.postrider.dist.server.RunningServer;
import dev.postrider.plugin.example.StampTime;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example plugin, deployed as its README says. */
class PluginIT {

  private static final String ROOT = "<processor state=\"root\">";

  @TempDir Path folder;

  @Test
  void aPluginOfAStrangerIsListedAndWorksOnMail() throws Exception {
    Path home = Launcher.home(folder);
    Path jar = Path.of(StampTime.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    assertThat(jar.toString()).endsWith(".jar");
    Path place = Files.createDirectories(home.resolve("plugins/example"));
    Files.copy(jar, place.resolve("example.jar"));
    Path pipeline = home.resolve("conf/pipeline.xml");
    Files.writeString(
        pipeline,
        Files.readString(pipeline)
            .replace(ROOT, ROOT + "<mailet match=\"All\" class=\"StampTime\"/>"));
    assertThat(Launcher.run("plugin", "list", "--home", home.toString()).out())
        .contains("StampTime")
        .contains("example");
    try (RunningServer server = RunningServer.start(home)) {
      try (SmtpPeer peer = new SmtpPeer(server.port("smtp"))) {
        byte[] mail = "Subject: stamped\r\n\r\nhello\r\n".getBytes(StandardCharsets.UTF_8);
        assertThat(peer.send("x@elsewhere.test", "alice@example.test", mail)).startsWith("250");
      }
      try (Maildrop drop = Maildrop.open(server.port("pop3s"), "alice@example.test", "postrider")) {
        assertThat(new String(drop.message(1), StandardCharsets.UTF_8)).contains("X-Seen-At: 20");
      }
      HttpRequest.Builder request =
          HttpRequest.newBuilder(
              URI.create("http://127.0.0.1:" + server.port("admin") + "/metrics"));
      assertThat(answer(request).statusCode()).isEqualTo(401);
      String token = Files.readString(home.resolve("data/admin.token")).strip();
      HttpResponse<String> figures = answer(request.header("Authorization", "Bearer " + token));
      assertThat(figures.headers().firstValue("content-type").orElse(""))
          .startsWith("text/plain; version=0.0.4");
      assertThat(figures.body())
          .contains("postrider_fates_total{fate=\"delivered\"} 1.0")
          .contains("postrider_flights_left_out_total 0.0")
          .contains("postrider_spool 0.0");
    }
  }

  private static HttpResponse<String> answer(HttpRequest.Builder request) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  @Test
  void theMailetOfTheReadmeIsTheOneOfTheExample() throws Exception {
    Path root = Path.of(System.getProperty("postrider.root", ".."));
    String source =
        Files.readString(
            root.resolve(
                "plugins-api/example/src/main/java/dev/postrider/plugin/example/StampTime.java"));
    assertThat(Files.readString(root.resolve("README.md")))
        .contains("```java\n" + source.substring(source.indexOf("@Doc(")) + "```");
  }
}
