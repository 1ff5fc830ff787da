package dev.postrider.dist.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.postrider.dist.server.AdminDoor;
import dev.postrider.dist.server.Launcher;
import dev.postrider.dist.server.RunningServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipped spam check on the real server, for a peer that is taken for a stranger. */
class SpamIT {

  private static final String OWN_NETWORKS = "127.0.0.0/8, ::1, ";

  @TempDir Path folder;

  @Test
  void wantedMailGoesInJunkGoesAsideAndTheWorstIsRefused() throws Exception {
    Path home = home();
    try (LoopbackDns dns = new LoopbackDns().domain("elsewhere.test");
        RunningServer server = RunningServer.start(home, Map.of("POSTRIDER_DNS", dns.address()))) {
      assertThat(send(server, mail("Minutes", "See you on Tuesday.", ""))).startsWith("250");
      assertThat(send(server, mail("FREE MONEY FOR YOU", junk(), "Reply-To: x@evil.test\r\n")))
          .startsWith("250");
      assertThat(send(server, worst())).startsWith("550 5.7.1 The mail looks like spam: ");
      assertThat(received(server)).contains("X-Postrider-Spam: ham, points=");
    }
  }

  @Test
  void whatIsTaughtCountsAtOnce() throws Exception {
    Path home = home();
    Path mails = mails();
    String[] test = {"spam", "test", mails.toString(), "--home", home.toString()};
    assertThat(Launcher.run(test).err()).contains("has to learn 20 mails of each kind first");
    try (LoopbackDns dns = new LoopbackDns().domain("elsewhere.test");
        RunningServer server = RunningServer.start(home, Map.of("POSTRIDER_DNS", dns.address()))) {
      Launcher.Result taught =
          Launcher.run("spam", "train", mails.toString(), "--home", home.toString());
      assertThat(taught.out()).contains("learnt 30 spam and 30 ham");
      assertThat(send(server, mail("Prizes", words(true, 99), ""))).startsWith("250");
      assertThat(send(server, mail("Plans", words(false, 99), ""))).startsWith("250");
      assertThat(received(server)).contains("words-of-ham=-3");
    }
    Launcher.Result result = Launcher.run(test);
    assertThat(result.out())
        .containsPattern("spam +30 +0\n")
        .containsPattern("ham +0 +30\n")
        .containsPattern("0\\.70 +0\\.00% +100\\.00%");
  }

  @Test
  void aUserTeachesByWhatGoesToJunkAndOutOfIt() throws Exception {
    Path home = home();
    try (LoopbackDns dns = new LoopbackDns().domain("elsewhere.test");
        RunningServer server = RunningServer.start(home, Map.of("POSTRIDER_DNS", dns.address()));
        AdminDoor admin = new AdminDoor(server)) {
      assertThat(admin.ask("PUT", "users/bob@example.test", "{\"password\":\"postrider\"}"))
          .isTrue();
      assertThat(Launcher.run("spam", "train", mails().toString(), "--home", home.toString()).out())
          .contains("learnt 30 spam and 30 ham");
      for (int i = 0; i < 4; i++) {
        assertThat(send(server, newsletter(i))).startsWith("250");
      }
      assertThat(mailbox(home, "list", "--folder", "INBOX").out())
          .containsPattern("4  20\\S+ +\\d+  Ann <ann@elsewhere.test>  Roses no. 3");

      assertThat(mailbox(home, "move", "--to", "Junk", "1", "2", "3", "4").out())
          .contains("moved 4 messages of alice@example.test from INBOX to Junk");
      assertThat(mailbox(home, "move", "--to", "Junk", "1").err())
          .contains("there is no message 1 in alice@example.test/INBOX");
      await().until(() -> spamminess(admin, "alice@example.test") > 0.9);
      assertThat(spamminess(admin, "bob@example.test")).isLessThan(0.7);
      assertThat(send(server, newsletter(5))).startsWith("250");
      assertThat(send(server, "bob@example.test", newsletter(6))).startsWith("250");
      assertThat(counts(admin, "alice@example.test")).isEqualTo("INBOX 0, Junk 5");
      assertThat(counts(admin, "bob@example.test")).isEqualTo("INBOX 1");
      assertThat(count(server)).isZero();

      assertThat(
              mailbox(home, "move", "--from", "Junk", "--to", "INBOX", "1", "2", "3", "4", "5")
                  .out())
          .contains("moved 5 messages of alice@example.test from Junk to INBOX");
      await().until(() -> spamminess(admin, "alice@example.test") < 0.3);
      assertThat(send(server, newsletter(7))).startsWith("250");
      assertThat(counts(admin, "alice@example.test")).isEqualTo("INBOX 6, Junk 0");
      assertThat(count(server)).isEqualTo(6);
    }
  }

  @Test
  void anAddressThatOnlyRobotsFindTeachesAll() throws Exception {
    Path home = home();
    Path pipeline = home.resolve("conf/pipeline.xml");
    String first = "<mailet match=\"RelayLimit=50\"";
    Files.writeString(
        pipeline,
        Files.readString(pipeline)
            .replace(
                first,
                "<mailet match=\"RecipientIs=trap@example.test\" class=\"Honeypot\"/>" + first));
    try (LoopbackDns dns = new LoopbackDns().domain("elsewhere.test");
        RunningServer server = RunningServer.start(home, Map.of("POSTRIDER_DNS", dns.address()));
        AdminDoor admin = new AdminDoor(server)) {
      assertThat(admin.ask("PUT", "users/trap@example.test", "{\"password\":\"postrider\"}"))
          .isTrue();
      assertThat(Launcher.run("spam", "train", mails().toString(), "--home", home.toString()).out())
          .contains("learnt 30 spam and 30 ham");
      assertThat(spamminess(admin, "alice@example.test")).isLessThan(0.7);
      for (int i = 0; i < 7; i++) {
        assertThat(send(server, "trap@example.test", newsletter(i))).startsWith("250");
      }
      await().until(() -> spamminess(admin, "alice@example.test") > 0.9);
      assertThat(admin.told("POST", "jobs/SpamLearn?argument=spam", "")).startsWith("35 30");
      assertThat(counts(admin, "trap@example.test")).doesNotContain("INBOX 1");
      assertThat(send(server, newsletter(9))).startsWith("250");
      assertThat(counts(admin, "alice@example.test")).contains("Junk 1");
    }
  }

  private static Launcher.Result mailbox(Path home, String what, String... arguments) {
    List<String> all = new ArrayList<>(List.of("mailbox", what, "--home", home.toString()));
    all.add("alice@example.test");
    all.addAll(List.of(arguments));
    return Launcher.run(all.toArray(String[]::new));
  }

  private static double spamminess(AdminDoor admin, String user) throws Exception {
    String mail = newsletter(99);
    return Double.parseDouble(
        admin.told("POST", "jobs/SpamJudge?argument=" + user, mail.length() + "\n" + mail));
  }

  private static String counts(AdminDoor admin, String user) throws Exception {
    return StreamSupport.stream(admin.read("users/" + user + "/mailboxes").spliterator(), false)
        .map(box -> box.path("folder").asText() + " " + box.path("messages").asInt())
        .collect(Collectors.joining(", "));
  }

  private static String newsletter(int number) {
    return mail(
        "Roses no. " + number,
        "Tulips, fertiliser and compost: our seeds catalogue of spring, page " + number,
        "");
  }

  private Path mails() throws IOException {
    Path mails = folder.resolve("mails");
    for (boolean spam : new boolean[] {true, false}) {
      Path kind = Files.createDirectories(mails.resolve(spam ? "spam" : "ham"));
      StringBuilder mbox = new StringBuilder();
      for (int i = 0; i < 30; i++) {
        String text = mail(spam ? "Prizes" : "Plans", words(spam, i), "");
        if (i % 2 == 0) {
          Files.writeString(kind.resolve(i + ".eml"), text);
        } else {
          mbox.append("From x Thu Jan  1 00:00:00 2026\n").append(text).append('\n');
        }
      }
      Files.writeString(kind.resolve("more.mbox"), mbox);
    }
    return mails;
  }

  private static String words(boolean spam, int seed) {
    String[] words =
        (spam
                ? "casino jackpot roulette bonus chips spins winner deposit free claim"
                : "agenda minutes budget review draft patch branch garden birthday train")
            .split(" ");
    StringBuilder out = new StringBuilder();
    Random random = new Random(seed);
    for (int i = 0; i < 40; i++) {
      out.append(words[random.nextInt(words.length)]).append(' ');
    }
    return out.toString();
  }

  private Path home() throws IOException {
    Path home = Launcher.home(folder);
    Path pipeline = home.resolve("conf/pipeline.xml");
    String shipped = Files.readString(pipeline).replace(OWN_NETWORKS, "192.0.2.1, ");
    // They know nothing of a stranger on loopback, and it signs nothing.
    Files.writeString(
        pipeline,
        shipped
            .replaceAll("(?s)<test .*?</test>", "")
            .replaceAll("<mailet match=\"All\" class=\"(HeloCheck|Iprev)\"/>", ""));
    return home;
  }

  private static String junk() {
    return "Pаypаl аccount nоtice http://3221225985/\r\n<script>x</script>";
  }

  private static String worst() {
    return mail("YOUR PARCEL IS WAITING", junk(), "Reply-To: x@evil.test\r\n")
        .replace("text/html", "application/x; name=\"bill.pdf.exe\"");
  }

  private static String mail(String subject, String body, String fields) {
    return "From: Ann <ann@elsewhere.test>\r\nTo: alice@example.test\r\nSubject: "
        + subject
        + "\r\n"
        + fields
        + "Content-Type: text/html; charset=utf-8\r\n\r\n"
        + body
        + "\r\n";
  }

  private static String send(RunningServer server, String mail) throws Exception {
    return send(server, "alice@example.test", mail);
  }

  private static String send(RunningServer server, String to, String mail) throws Exception {
    try (SmtpPeer peer = new SmtpPeer(server.port("smtp"))) {
      return peer.send("ann@elsewhere.test", to, mail.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static int count(RunningServer server) throws Exception {
    try (Maildrop drop = Maildrop.open(server.port("pop3s"), "alice@example.test", "postrider")) {
      return drop.count();
    }
  }

  private static String received(RunningServer server) throws Exception {
    try (Maildrop drop = Maildrop.open(server.port("pop3s"), "alice@example.test", "postrider")) {
      assertThat(drop.count()).isEqualTo(1);
      return new String(drop.message(1), StandardCharsets.UTF_8);
    }
  }
}
