package dev.postrider.dist.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.dist.server.Launcher;
import dev.postrider.dist.server.RunningServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
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
    try (SmtpPeer peer = new SmtpPeer(server.port("smtp"))) {
      return peer.send(
          "ann@elsewhere.test", "alice@example.test", mail.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static String received(RunningServer server) throws Exception {
    try (Maildrop drop = Maildrop.open(server.port("pop3s"), "alice@example.test", "postrider")) {
      assertThat(drop.count()).isEqualTo(1);
      return new String(drop.message(1), StandardCharsets.UTF_8);
    }
  }
}
