package dev.postrider.dist.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.dist.server.Launcher;
import dev.postrider.dist.server.RunningServer;
import dev.postrider.plugin.testkit.LocalDaemon;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged server with ClamAV, SpamAssassin and rspamd of Debian's packages. */
class EnginesIT {

  private static final String ROOT = "<processor state=\"root\">";
  private static final String VIRUS = "a word that our signature knows";
  private static final Path RESOURCES =
      Path.of(System.getProperty("postrider.root", ".."), "mailets/filtering/src/test/resources");

  @TempDir Path folder;
  private Path home;
  private int port;
  private final List<LocalDaemon> daemons = new ArrayList<>();

  @BeforeEach
  void prepare() throws IOException {
    // spamd and rspamd read their configuration as somebody else where they are started by root.
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    home = Launcher.home(folder);
    port = LocalDaemon.freePort();
  }

  @AfterEach
  void stop() {
    daemons.forEach(LocalDaemon::close);
  }

  private void put(String resource, Path into) throws IOException {
    String text = Files.readString(RESOURCES.resolve(resource));
    Files.writeString(
        Files.createDirectories(into).resolve(Path.of(resource).getFileName()),
        text.replace("@FOLDER@", folder.toString()).replace("@PORT@", "" + port));
  }

  private void start(Path readyWhenThere, String... command) throws IOException {
    daemons.add(LocalDaemon.start(folder, () -> Files.exists(readyWhenThere), List.of(command)));
  }

  private String clamAv() throws IOException {
    put("clamd/clamd.conf", folder);
    Path database = Files.createDirectory(folder.resolve("db"));
    String pattern = HexFormat.of().formatHex(VIRUS.getBytes(StandardCharsets.US_ASCII));
    Files.writeString(database.resolve("own.ndb"), "Own.Test:0:*:" + pattern + "\n");
    Path socket = folder.resolve("clamd.ctl");
    start(
        socket,
        Tool.require("clamd", "clamav-daemon"),
        "-c",
        folder.resolve("clamd.conf").toString());
    return "<mailet match=\"All\" class=\"ClamAv\"><address>unix:%s</address><header>X-Virus-Status</header></mailet>"
        .formatted(socket);
  }

  private String spamAssassin() throws IOException {
    Path rules = folder.resolve("rules");
    put("spamd/own.cf", rules);
    put("spamd/init.pre", rules);
    Path socket = folder.resolve("spamd.sock");
    start(
        socket,
        Tool.require("spamd", "spamd"),
        "--local",
        "--nouser-config",
        "--max-children=1",
        "--socketpath=" + socket,
        "--configpath=" + rules,
        "--siteconfigpath=" + rules,
        "--helper-home-dir=" + folder);
    return "<mailet match=\"All\" class=\"SpamAssassin\"><address>unix:%s</address><threshold>3</threshold><refuseAt>100</refuseAt><header>X-Spam-Status</header></mailet>"
        .formatted(socket);
  }

  private String rspamd() throws IOException {
    put("rspamd/rspamd.conf", folder);
    put("rspamd/rules.lua", folder);
    put("rspamd/tld", folder);
    start(
        folder.resolve("control.sock"),
        Tool.require("rspamd", "rspamd"),
        "--no-fork",
        "--insecure",
        "--config=" + folder.resolve("rspamd.conf"));
    return "<mailet match=\"All\" class=\"Rspamd\"><url>http://127.0.0.1:%d</url></mailet>"
        .formatted(port);
  }

  private RunningServer serverWith(String mailets) throws IOException {
    Path pipeline = home.resolve("conf/pipeline.xml");
    // The tests of the shipped pipeline know nothing of filters.
    String shipped = Files.readString(pipeline).replaceAll("(?s)<test .*?</test>", "");
    Files.writeString(pipeline, shipped.replace(ROOT, ROOT + mailets));
    return RunningServer.start(home, Map.of("POSTRIDER_HTTP_ALLOW_PRIVATE", "127.0.0.1"));
  }

  private static String send(RunningServer server, String subject, String body) throws Exception {
    try (SmtpPeer peer = new SmtpPeer(server.port("smtp"))) {
      String mail = "From: x@elsewhere.test\r\nSubject: " + subject + "\r\n\r\n" + body + "\r\n";
      return peer.send(
          "x@elsewhere.test", "alice@example.test", mail.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static String received(RunningServer server) throws Exception {
    try (Maildrop drop = Maildrop.open(server.port("pop3s"), "alice@example.test", "postrider")) {
      assertThat(drop.count()).isEqualTo(1);
      return new String(drop.message(1), StandardCharsets.UTF_8);
    }
  }

  @Test
  void eachJudgesAndWithoutThemMailWaits() throws Exception {
    String mailets = rspamd() + clamAv() + spamAssassin();
    try (RunningServer server = serverWith(mailets)) {
      assertThat(send(server, "one", VIRUS)).startsWith("550 5.7.1 the message holds Own.Test");
      String gtube = "XJS*C4JDBQADN1.NSBN3*2IDNEN*GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X";
      assertThat(send(server, "two", gtube)).startsWith("554 5.7.1 Gtube pattern");
      assertThat(send(server, "later", "x")).startsWith("451 4.7.1 come again");
      assertThat(send(server, "headers", "zebra-crossing")).startsWith("250");
      assertThat(received(server))
          .contains("X-New: one\r\n")
          .contains("X-Last: two\r\n")
          .contains("X-Virus-Status: Clean\r\n")
          .contains("X-Spam-Status: Yes, score=3.5 required=3 tests=OWN_WORD\r\n");
      stop();
      assertThat(send(server, "three", "nothing")).startsWith("451");
    }
  }
}
