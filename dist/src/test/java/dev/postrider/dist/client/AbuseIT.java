package dev.postrider.dist.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.postrider.dist.server.Launcher;
import dev.postrider.dist.server.RunningServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that misbehave, each from a loopback address of its own, none of them trusted. */
class AbuseIT {

  private static final Map<String, String> NOBODY_IS_TRUSTED =
      Map.of("POSTRIDER_TRUSTED_NETWORKS", "192.0.2.0/24");
  private static final byte[] MAIL =
      "Subject: hi\r\nFrom: bob@example.test\r\n\r\nhello\r\n".getBytes(StandardCharsets.UTF_8);

  private static final byte[] ENDLESS =
      ("Received: by a\r\n".repeat(60) + "From: x@elsewhere.test\r\n\r\nhello\r\n")
          .getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder;

  private static Socket plain(RunningServer server, String from) throws IOException {
    return new Socket(
        InetAddress.ofLiteral("127.0.0.1"), server.port("smtp"), InetAddress.ofLiteral(from), 0);
  }

  private static String greeting(RunningServer server, String from) throws IOException {
    try (SmtpPeer peer = new SmtpPeer(plain(server, from))) {
      return peer.reply();
    }
  }

  private static SmtpPeer submission(RunningServer server, String from)
      throws IOException, GeneralSecurityException {
    SmtpPeer peer =
        new SmtpPeer(
            Maildrop.trustingEverybody()
                .createSocket(
                    InetAddress.ofLiteral("127.0.0.1"),
                    server.port("submissions"),
                    InetAddress.ofLiteral(from),
                    0));
    assertThat(peer.reply()).startsWith("220");
    peer.command("EHLO client.test");
    return peer;
  }

  private static String logIn(SmtpPeer peer, String user, String password) throws IOException {
    String plain = "\0" + user + "\0" + password;
    return peer.command(
        "AUTH PLAIN " + Base64.getEncoder().encodeToString(plain.getBytes(StandardCharsets.UTF_8)));
  }

  private static String command(Path home, String... arguments) {
    String[] all = Arrays.copyOf(arguments, arguments.length + 2);
    all[arguments.length] = "--home";
    all[arguments.length + 1] = home.toString();
    Launcher.Result result = Launcher.runWith(NOBODY_IS_TRUSTED, "", all);
    assertThat(result.code()).as("%s", result).isZero();
    return result.out();
  }

  @Test
  void whoGuessesPasswordsIsBannedAcrossARestartAndOthersAreServed() throws Exception {
    Path home = Launcher.home(folder);
    try (RunningServer server = RunningServer.start(home, NOBODY_IS_TRUSTED)) {
      try (SmtpPeer guesser = submission(server, "127.0.0.2")) {
        for (int i = 0; i < 11; i++) {
          assertThat(logIn(guesser, "user" + i + "@example.test", "guess")).startsWith("535");
        }
      }
      assertThat(greeting(server, "127.0.0.2")).startsWith("421 4.7.1");
      try (SmtpPeer good = new SmtpPeer(plain(server, "127.0.0.3"))) {
        assertThat(good.reply()).startsWith("220");
        good.command("EHLO good.test");
        assertThat(good.send("x@elsewhere.test", "alice@example.test", MAIL)).startsWith("250");
      }
      try (SmtpPeer early = new SmtpPeer(plain(server, "127.0.0.4"))) {
        early.write("EHLO early.test\r\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(early.reply()).startsWith("554 ");
      }
      JsonNode bans = new ObjectMapper().readTree(command(home, "ban", "list", "--json"));
      assertThat(bans).hasSize(1);
      assertThat(bans.get(0).path("network").asText()).isEqualTo("127.0.0.2/32");
      List<Socket> crowd = new ArrayList<>();
      for (int i = 0; i < 80; i++) {
        crowd.add(plain(server, "127.0.0.6"));
      }
      Path log = home.resolve("log/postrider.log");
      await().until(() -> Files.readString(log).contains("127.0.0.6"));
      for (Socket each : crowd) {
        each.close();
      }
      assertThat(Files.readAllLines(log))
          .filteredOn(line -> line.contains("127.0.0.6"))
          .as("one line for 30 connections beyond the limit")
          .hasSize(1);
      // A host's address within the network names the same network.
      assertThat(command(home, "ban", "add", "127.0.0.13/29", "--for", "1h"))
          .startsWith("127.0.0.8/29 is banned");
      assertThat(greeting(server, "127.0.0.9")).startsWith("421 4.7.1");
      assertThat(
              Launcher.runWith(
                      NOBODY_IS_TRUSTED,
                      "",
                      "ban",
                      "remove",
                      "127.0.0.9",
                      "--home",
                      home.toString())
                  .err())
          .contains("127.0.0.9/32 is not banned by itself, but 127.0.0.8/29 is");
      command(home, "ban", "remove", "127.0.0.8/29");
      assertThat(greeting(server, "127.0.0.9")).startsWith("220");
      try (SmtpPeer refused = new SmtpPeer(plain(server, "127.0.0.3"))) {
        refused.reply();
        refused.command("EHLO good.test");
        assertThat(refused.send("x@elsewhere.test", "alice@example.test", ENDLESS))
            .startsWith("550 5.4.6");
      }
      assertThat(home.resolve("log/postrider.log"))
          .content()
          .contains("login of user0@example.test from 127.0.0.2 failed")
          .containsPattern(
              "mail \\S+ from 127.0.0.3, sender <x@elsewhere.test>, for alice@example.test is refused: 550 5.4.6 ");
      assertThat(server.stop()).isZero();
    }
    try (RunningServer server = RunningServer.start(home, NOBODY_IS_TRUSTED)) {
      assertThat(greeting(server, "127.0.0.2")).startsWith("421 4.7.1");
      command(home, "ban", "remove", "127.0.0.2");
      assertThat(greeting(server, "127.0.0.2")).startsWith("220");
    }
  }

  @Test
  void aLoginThatFloodsIsStoppedItsAppPasswordRevokedAndTheAdminTold() throws Exception {
    Path home = Launcher.home(folder);
    Path conf = home.resolve("conf/postrider.xml");
    String shipped = Files.readString(conf);
    Files.writeString(
        conf, shipped.replace("<senders messages=\"1000\"", "<senders messages=\"5\""));
    try (RunningServer server = RunningServer.start(home, NOBODY_IS_TRUSTED)) {
      command(home, "user", "add", "bob@example.test");
      String made =
          command(
              home,
              "user",
              "app-password",
              "add",
              "bob@example.test",
              "--name",
              "phone",
              "--protocols",
              "smtp,pop3");
      String password = made.lines().filter(l -> l.startsWith("password: ")).findFirst().get();
      password = password.substring(10).split(" ", 2)[0];
      try (SmtpPeer flood = submission(server, "127.0.0.5")) {
        assertThat(logIn(flood, "bob@example.test", password)).startsWith("235");
        for (int i = 0; i < 5; i++) {
          assertThat(flood.send("bob@example.test", "alice@example.test", MAIL)).startsWith("250");
        }
        assertThat(flood.command("MAIL FROM:<bob@example.test>")).startsWith("450 4.7.1");
      }
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(
              () -> {
                try (Maildrop drop =
                    Maildrop.open(server.port("pop3s"), "alice@example.test", "postrider")) {
                  assertThat(drop.subjects())
                      .containsOnlyOnce("bob@example.test has reached its limit of messages");
                }
              });
      assertThat(command(home, "user", "app-password", "list", "bob@example.test"))
          .startsWith("phone  pop3,smtp  since ");
      try (SmtpPeer sending = submission(server, "127.0.0.5")) {
        Maildrop reading = Maildrop.open(server.port("pop3s"), "bob@example.test", password);
        assertThat(logIn(sending, "bob@example.test", password)).startsWith("235");
        assertThat(reading.count()).isZero();
        command(home, "user", "app-password", "remove", "bob@example.test", "--name", "phone");
        assertThat(sending.command("MAIL FROM:<bob@example.test>")).startsWith("421 4.7.0");
        assertThatThrownBy(reading::count)
            .hasMessageContaining("-ERR [AUTH] your login holds no more");
        reading.abandon();
      }
      try (SmtpPeer again = submission(server, "127.0.0.5")) {
        assertThat(logIn(again, "bob@example.test", password)).startsWith("535");
      }
    }
  }

  private static void limits(Path home, String limits) throws IOException {
    Path conf = home.resolve("conf/postrider.xml");
    String usual = "messages=\"1000\" recipients=\"3000\" new-recipients=\"500\"";
    String shipped = Files.readString(conf);
    assertThat(shipped).contains(usual);
    Files.writeString(conf, shipped.replace(usual, limits));
  }

  private static SmtpPeer bob(RunningServer server) throws IOException, GeneralSecurityException {
    SmtpPeer peer = submission(server, "127.0.0.6");
    assertThat(logIn(peer, "bob@example.test", "postrider")).startsWith("235");
    return peer;
  }

  @Test
  void aLoginsRecipientsAndNewRecipientsOfADayAreLimited() throws Exception {
    Path home = Launcher.home(folder);
    limits(home, "messages=\"100\" recipients=\"8\" new-recipients=\"3\"");
    Homes.addUser(home, "bob@example.test", "postrider");
    try (RunningServer server = RunningServer.start(home, NOBODY_IS_TRUSTED);
        SmtpPeer peer = bob(server)) {
      assertThat(peer.command("MAIL FROM:<bob@example.test>")).startsWith("250");
      for (int i = 0; i < 3; i++) {
        assertThat(peer.command("RCPT TO:<x" + i + "@far.test>")).startsWith("250");
      }
      assertThat(peer.command("RCPT TO:<x4@far.test>"))
          .startsWith("450 4.7.1")
          .contains("new recipients");
      for (int i = 3; i < 8; i++) {
        assertThat(peer.command("RCPT TO:<alice+" + i + "@example.test>")).startsWith("250");
      }
      assertThat(peer.command("RCPT TO:<alice+9@example.test>"))
          .startsWith("450 4.7.1")
          .contains("too many recipients");
    }
  }

  @Test
  void mailOfALoginThatDeviatesIsHeldTheAdminToldAndGoesOnWhenReleased() throws Exception {
    Path home = Launcher.home(folder);
    Homes.addUser(home, "bob@example.test", "postrider");
    try (RunningServer server = RunningServer.start(home, NOBODY_IS_TRUSTED)) {
      for (int session = 0; session < 2; session++) {
        try (SmtpPeer guesser = bob(server)) {
          guesser.command("MAIL FROM:<bob@example.test>");
          for (int i = 0; i < 12; i++) {
            assertThat(guesser.command("RCPT TO:<nobody" + i + "@example.test>"))
                .startsWith("550 5.1.1");
          }
        }
      }
      try (SmtpPeer peer = bob(server)) {
        assertThat(peer.send("bob@example.test", "alice@example.test", MAIL)).startsWith("250");
      }
      JsonNode queue = queue(home);
      assertThat(queue.toString()).contains("unusual sending: ");
      awaitSubjects(server, "Mail of bob@example.test is held");
      assertThat(queue).hasSize(1);
      command(home, "queue", "release", queue.get(0).path("id").asText());
      awaitSubjects(server, "Mail of bob@example.test is held", "hi");
      try (SmtpPeer peer = bob(server)) {
        assertThat(peer.send("bob@example.test", "alice@example.test", MAIL)).startsWith("250");
      }
      awaitSubjects(server, "Mail of bob@example.test is held", "hi", "hi");
      assertThat(queue(home)).isEmpty();
      assertThat(command(home, "queue", "show", queue.get(0).path("id").asText()))
          .contains("held", "delivered");
    }
  }

  private static JsonNode queue(Path home) throws IOException {
    return new ObjectMapper().readTree(command(home, "queue", "list", "--json")).path("items");
  }

  private static void awaitSubjects(RunningServer server, String... subjects) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> {
              try (Maildrop drop =
                  Maildrop.open(server.port("pop3s"), "alice@example.test", "postrider")) {
                assertThat(drop.subjects()).containsExactlyInAnyOrder(subjects);
              }
            });
  }

  @Test
  void oneSenderFromManyAddressesIsPutOff() throws Exception {
    Path home = Launcher.home(folder);
    Path conf = home.resolve("conf/postrider.xml");
    Files.writeString(
        conf, Files.readString(conf).replace("sender-rate=\"600\"", "sender-rate=\"3\""));
    try (RunningServer server = RunningServer.start(home, NOBODY_IS_TRUSTED)) {
      for (int i = 10; i < 15; i++) {
        try (SmtpPeer peer = new SmtpPeer(plain(server, "127.0.0." + i))) {
          assertThat(peer.reply()).startsWith("220");
          peer.command("EHLO herd.test");
          assertThat(peer.command("MAIL FROM:<x@elsewhere.test>"))
              .startsWith(i < 13 ? "250" : "450 4.7.1 too many messages of this sender,");
          peer.command("RSET");
          assertThat(peer.command("MAIL FROM:<y" + i + "@elsewhere.test>")).startsWith("250");
          peer.command("RSET");
          assertThat(peer.command("MAIL FROM:<>")).startsWith("250");
        }
      }
    }
  }
}
