package dev.postrider.dist.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerLifeIT {

  @TempDir Path directory;

  @Test
  void aServerStartsTellsItsListenersAndEndsWithZeroWhenAsked() {
    Path home = Launcher.home(directory);
    try (RunningServer server = RunningServer.start(home)) {
      assertThat(server.listeners())
          .containsKeys("smtp", "submission", "submissions", "pop3", "pop3s", "admin");
      assertThat(server.stop()).isZero();
      assertThat(home.resolve("data/listeners.json")).doesNotExist();
    }
  }

  @Test
  void usersAreManagedWhileTheServerRunsAndWhileItDoesNot() {
    Path home = Launcher.home(directory);
    assertThat(add(home, "bob@example.test").code()).isZero();
    try (RunningServer server = RunningServer.start(home)) {
      assertThat(server.listeners()).isNotEmpty();
      assertThat(add(home, "carol@example.test").code()).isZero();
      assertThat(users(home)).containsSubsequence("alice@", "bob@", "carol@");
      Launcher.Result again = add(home, "carol@example.test");
      assertThat(again.code()).isEqualTo(1);
      assertThat(again.err()).contains("carol@example.test is there already");
    }
    assertThat(users(home)).contains("carol@example.test");
  }

  @Test
  void aSecondServerOnTheSameHomeIsRefused() {
    Path home = Launcher.home(directory);
    try (RunningServer server = RunningServer.start(home)) {
      Launcher.Result second = Launcher.run("serve", "--home", home.toString());
      assertThat(second.code()).isEqualTo(1);
      assertThat(second.err()).contains("in use").doesNotContain("\tat ");
      assertThat(server.process().isAlive()).isTrue();
    }
  }

  @Test
  void aPortInUseIsNamed() throws IOException {
    Path home = Launcher.home(directory);
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      Launcher.Result refused =
          Launcher.runWith(
              Map.of("POSTRIDER_SMTP_PORT", port), "", "serve", "--home", home.toString());
      assertThat(refused.code()).isEqualTo(1);
      assertThat(refused.err()).contains("smtp").contains(port).doesNotContain("\tat ");
    }
  }

  @Test
  void brokenConfigurationNeverStartsAndIsToldWithFileAndLine() throws IOException {
    Path home = Launcher.home(directory);
    Path conf = home.resolve("conf/postrider.xml");
    Files.writeString(conf, Files.readString(conf).replace("<storage ", "<storrage "));
    for (String command : new String[] {"serve", "check"}) {
      Launcher.Result refused = Launcher.run(command, "--home", home.toString());
      assertThat(refused.code()).as(command).isEqualTo(1);
      assertThat(refused.out() + refused.err())
          .containsPattern("conf/postrider\\.xml:\\d+: .*storrage")
          .contains("storage");
    }
  }

  @Test
  void theAdminListenerTellsStrangersNothing() throws Exception {
    Path home = Launcher.home(directory);
    try (RunningServer server = RunningServer.start(home);
        HttpClient http = HttpClient.newHttpClient()) {
      String base = "http://127.0.0.1:" + server.port("admin");
      var health =
          http.send(
              HttpRequest.newBuilder(URI.create(base + "/health")).build(),
              BodyHandlers.ofString());
      assertThat(health.statusCode()).isEqualTo(200);
      assertThat(health.body()).isEqualTo("{\"ok\":true}");
      var users =
          http.send(
              HttpRequest.newBuilder(URI.create(base + "/v1/users")).build(),
              BodyHandlers.ofString());
      assertThat(users.statusCode()).isEqualTo(401);
      assertThat(users.body()).doesNotContain("alice");
      assertThat(Files.getPosixFilePermissions(home.resolve("data/admin.token")))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }
  }

  private static Launcher.Result add(Path home, String user) {
    return Launcher.runWithInput(
        "a long enough password\n",
        "user",
        "add",
        user,
        "--home",
        home.toString(),
        "--password-file",
        "-");
  }

  private static String users(Path home) {
    return Launcher.run("user", "list", "--home", home.toString()).out();
  }
}
