package dev.postrider.dist.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.dist.server.Launcher;
import dev.postrider.dist.server.RunningServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Clients of Debian's packages against the packaged server. */
@TestInstance(Lifecycle.PER_CLASS)
class RealClientsIT {
  private static final String PASSWORD = "postrider";

  @TempDir static Path folder;
  private RunningServer server;

  @BeforeAll
  void start() {
    Path home = Launcher.home(folder);
    for (String user : List.of("bob", "carol", "dave", "erin", "frank")) {
      Homes.addUser(home, user + "@example.test", PASSWORD);
    }
    server = RunningServer.start(home);
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @Test
  void swaksSubmitsWithStartTlsAndLogin() throws Exception {
    Tool.Result sent = swaks("submission", "--tls", "--auth", "PLAIN", "--to", "bob@example.test");
    assertThat(sent.output()).contains("~> EHLO").contains("250 2.");
    assertThat(sent.exit()).isZero();
    assertThat(inbox("bob")).anySatisfy(mail -> assertThat(mail).contains("ESMTPSA"));
  }

  @Test
  void swaksSubmitsWithTlsFromTheStart() throws Exception {
    Tool.Result sent =
        swaks("submissions", "--tlsc", "--auth", "LOGIN", "--to", "carol@example.test");
    assertThat(sent.exit()).as(sent.output()).isZero();
    assertThat(inbox("carol")).hasSize(1);
  }

  @Test
  void swaksDeliversByLmtp() throws Exception {
    Tool.Result sent =
        swaks("lmtp", "--protocol", "LMTP", "--to", "dave@example.test,nobody@example.test");
    assertThat(sent.output()).contains("550 5.1.1");
    assertThat(inbox("dave")).hasSize(1);
  }

  @Test
  void aStrangerCanNotRelayAndLearnsWhy() throws Exception {
    Tool.Result sent = swaks("smtp", "--to", "somebody@elsewhere.test");
    assertThat(sent.exit()).isNotZero();
    assertThat(sent.output()).containsPattern("550 5\\.7\\.1");
  }

  @Test
  void aPasswordIsNotAskedForWithoutTls() throws Exception {
    Tool.Result sent = swaks("submission", "--auth", "PLAIN", "--to", "bob@example.test");
    assertThat(sent.exit()).isNotZero();
    assertThat(sent.output()).doesNotContain("235 2.7.0");
  }

  @Test
  void aLoginSendsOnlyAsItself() throws Exception {
    Tool.Result sent =
        swaks(
            "submission",
            "--tls",
            "--auth",
            "PLAIN",
            "--to",
            "bob@example.test",
            "--from",
            "carol@example.test");
    assertThat(sent.exit()).isNotZero();
    assertThat(sent.output()).containsPattern("5\\d\\d 5\\.7\\.1");
  }

  @Test
  void msmtpSends() throws Exception {
    String msmtp = Tool.require("msmtp", "msmtp");
    Tool.Result sent =
        Tool.run(
            folder,
            "Subject: by msmtp\n\nhello erin\n",
            msmtp,
            "--host=127.0.0.1",
            "--port=" + server.port("submission"),
            "--tls=on",
            "--tls-starttls=on",
            "--tls-certcheck=off",
            "--auth=plain",
            "--user=alice@example.test",
            "--passwordeval=echo " + PASSWORD,
            "--from=alice@example.test",
            "erin@example.test");
    assertThat(sent.exit()).as(sent.output()).isZero();
    assertThat(inbox("erin"))
        .singleElement()
        .satisfies(mail -> assertThat(mail).contains("Subject: by msmtp").contains("hello erin"));
  }

  @Test
  void fetchmailEmptiesAMailboxOverPop3s() throws Exception {
    String fetchmail = Tool.require("fetchmail", "fetchmail");
    for (int i = 0; i < 20; i++) {
      try (SmtpPeer peer = new SmtpPeer(server.port("smtp"))) {
        String reply =
            peer.send(
                "x@elsewhere.test",
                "frank@example.test",
                ("Subject: number " + i + "\r\n\r\n.dotted line\r\n")
                    .getBytes(StandardCharsets.UTF_8));
        assertThat(reply).startsWith("250");
      }
    }
    Path fetched = folder.resolve("fetched");
    Path rc =
        Files.writeString(
            folder.resolve("fetchmailrc"),
            """
            poll 127.0.0.1 service %d protocol pop3 user "frank@example.test" password "%s"
              ssl no sslcertck nokeep mda "cat >> %s"
            """
                .formatted(server.port("pop3s"), PASSWORD, fetched));
    Files.setPosixFilePermissions(rc, PosixFilePermissions.fromString("rwx------"));
    Tool.Result done =
        Tool.run(
            folder,
            Map.of("HOME", folder.toString(), "FETCHMAILHOME", folder.toString()),
            "",
            fetchmail,
            "--fetchmailrc",
            rc.toString(),
            "--nodetach");
    assertThat(done.exit()).as(done.output()).isZero();
    String all = Files.readString(fetched);
    for (int i = 0; i < 20; i++) {
      assertThat(all).contains("Subject: number " + i + "\n");
    }
    assertThat(all).contains("\n.dotted line");
    assertThat(inbox("frank")).isEmpty();
  }

  private List<String> inbox(String user) throws Exception {
    List<String> out = new ArrayList<>();
    try (Maildrop drop = Maildrop.open(server.port("pop3s"), user + "@example.test", PASSWORD)) {
      int count = drop.count();
      for (int i = 1; i <= count; i++) {
        out.add(new String(drop.message(i), StandardCharsets.ISO_8859_1));
      }
    }
    return out;
  }

  private Tool.Result swaks(String listener, String... more) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Tool.require("swaks", "swaks"));
    command.addAll(List.of("--server", "127.0.0.1:" + server.port(listener)));
    command.addAll(List.of("--auth-user", "alice@example.test", "--auth-password", PASSWORD));
    if (!List.of(more).contains("--auth")) {
      command = command.subList(0, 3);
    }
    if (!List.of(more).contains("--from")) {
      command.addAll(List.of("--from", "alice@example.test"));
    }
    command.addAll(List.of(more));
    return Tool.run(folder, "", command.toArray(String[]::new));
  }
}
