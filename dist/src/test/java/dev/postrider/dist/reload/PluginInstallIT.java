package dev.postrider.dist.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.postrider.dist.client.Maildrop;
import dev.postrider.dist.client.SmtpPeer;
import dev.postrider.dist.server.Launcher;
import dev.postrider.dist.server.RunningServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginInstallIT {

  @TempDir Path folder;

  @Test
  void aPluginIsInstalledReplacedAndRemovedWhileTheServerRuns() throws Exception {
    Path home = Launcher.home(folder);
    Stamps stamps = new Stamps(folder);
    Path second = zip(stamps.jar("2"));
    Path first = stamps.jar("1");
    try (RunningServer server = RunningServer.start(home, Map.of("STAMP_MARK", "never"))) {
      killAnInstallation(home, first);
      assertThat(done(home, "plugin", "install", first.toString()))
          .contains("the plugin stamp", "mailet Stamp, version 1", "in use from now on");
      assertThat(leftovers(home)).isEmpty();
      Stamps.pipeline(home, "a");
      assertThat(done(home, "plugin", "reload"))
          .contains("the plugins authentication, filtering, spam, standard, stamp");
      assertThat(stampsOf(server)).containsOnly("1 a");

      assertThat(done(home, "plugin", "install", second.toString()))
          .contains("replaced the plugin stamp", "version 2", "in use from now on");
      assertThat(done(home, "plugin", "list"))
          .containsPattern("mailet +Stamp +stamp 2 \\(home\\)")
          .containsPattern("mailet +LocalDelivery +standard \\S+ \\(distribution\\)");
      assertThat(stampsOf(server)).containsOnly("2 a");

      assertThat(refused(home, "plugin", "remove", "stamp"))
          .contains("the plugin 'stamp' can't be removed")
          .containsPattern("conf/pipeline.xml:\\d+: unknown mailet 'Stamp'");
      assertThat(stampsOf(server)).containsOnly("2 a");

      Stamps.pipelineWithout(home);
      assertThat(done(home, "plugin", "remove", "stamp"))
          .contains("removed the plugin stamp", "in use from now on");
      assertThat(stampsOf(server)).isEmpty();
      assertThat(home.resolve("plugins/stamp")).doesNotExist();

      Stamps.pipeline(home, "${env:STAMP_MARK:-a}");
      assertThat(refused(home, "plugin", "install", first.toString()))
          .contains("the server does not take it, the plugins are as before")
          .contains("the mark 'never' is not taken");
      Path junk = Files.writeString(folder.resolve("junk.jar"), "<html>");
      assertThat(refused(home, "plugin", "install", junk.toString(), "--name", "other"))
          .contains("the plugin 'other' is refused, nothing was changed")
          .contains("plugins/other: junk.jar is not a jar");
      assertThat(home.resolve("plugins")).isDirectoryNotContaining("glob:**/[a-z]*");
      assertThat(stampsOf(server)).isEmpty();
    }
  }

  private void killAnInstallation(Path home, Path jar) throws Exception {
    Process command =
        Launcher.process(
                Map.of(), List.of("plugin", "install", jar.toString(), "--home", home.toString()))
            .redirectErrorStream(true)
            .start();
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(2))
        .until(() -> Files.exists(home.resolve("plugins/.install/new/stamp")));
    command.destroyForcibly().onExit().join();
  }

  private static List<Path> leftovers(Path home) throws IOException {
    try (Stream<Path> all = Files.walk(home.resolve("plugins/.install"))) {
      return all.filter(path -> path.toString().endsWith(".jar")).toList();
    }
  }

  private Path zip(Path jar) throws Exception {
    Path zip = folder.resolve("stamp-2.0.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      out.putNextEntry(new ZipEntry("stamp-2.0/README"));
      out.putNextEntry(new ZipEntry("stamp-2.0/stamp.jar"));
      Files.copy(jar, out);
    }
    return zip;
  }

  private static String done(Path home, String... words) {
    Launcher.Result result = run(home, words);
    assertThat(result.code()).as(result.err()).isZero();
    return result.out();
  }

  private static String refused(Path home, String... words) {
    Launcher.Result result = run(home, words);
    assertThat(result.code()).as(result.out()).isEqualTo(1);
    assertThat(result.err()).doesNotContain("\tat ");
    return result.err();
  }

  private static Launcher.Result run(Path home, String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--home", home.toString()));
    return Launcher.run(all.toArray(String[]::new));
  }

  private static List<String> stampsOf(RunningServer server) throws Exception {
    try (SmtpPeer peer = new SmtpPeer(server.port("smtp"))) {
      byte[] mail = "Subject: one\r\n\r\nhello\r\n".getBytes(StandardCharsets.UTF_8);
      assertThat(peer.send("x@elsewhere.test", "alice@example.test", mail)).startsWith("250");
    }
    try (Maildrop drop = Maildrop.open(server.port("pop3s"), "alice@example.test", "postrider")) {
      return Stamps.in(drop.headers().getLast());
    }
  }
}
