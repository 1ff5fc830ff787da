package dev.postrider.dist.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.postrider.dist.server.Launcher;
import dev.postrider.dist.server.RunningServer;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged pipeline judges mail of strangers by what real name servers say, or don't. */
class TrustIT {

  @TempDir Path folder;
  private Path home = Path.of("");
  private Path mail = Path.of("");

  @BeforeEach
  void home() throws Exception {
    home = Launcher.home(folder);
    mail =
        Files.writeString(
            folder.resolve("mail.eml"), "From: service@bank.example\nSubject: hi\n\nHello.\n");
  }

  private String trace(String resolver, String client) {
    Launcher.Result result =
        Launcher.runWith(
            Map.of("POSTRIDER_DNS", resolver),
            "",
            "trace",
            "--home",
            home.toString(),
            "--from",
            "service@bank.example",
            "--to",
            "alice@example.test",
            "--client",
            client,
            "--helo",
            "mx.bank.example",
            mail.toString());
    assertThat(result.code()).as(result.err()).isZero();
    return result.out();
  }

  @Test
  void aForgedMailIsRefusedAndAnHonestOneIsDelivered() throws Exception {
    try (LoopbackDns dns = new LoopbackDns()) {
      dns.domain("bank.example")
          .text("bank.example", List.of("v=spf1 ip4:203.0.113.9 -all"))
          .text("_dmarc.bank.example", List.of("v=DMARC1; p=reject"));
      assertThat(trace(dns.address(), "203.0.113.9"))
          .contains("deliver to INBOX of alice@example.test")
          .contains("Authentication-Results: ")
          .contains("attribute authentication.results: dkim=none\n")
          .contains("attribute authentication.results: dmarc=pass (p=reject of bank.example");
      assertThat(trace(dns.address(), "203.0.113.66"))
          .contains("refuse alice@example.test with 550 5.7.1 Refused by the DMARC policy of bank");
    }
  }

  private Duration timeOfTrace(String resolver) {
    long start = System.nanoTime();
    assertThat(trace(resolver, "203.0.113.66")).contains("deliver to INBOX of alice@example.test");
    return Duration.ofNanos(System.nanoTime() - start);
  }

  @Test
  void silenceRefusesNothingAndIsShort() throws Exception {
    InetSocketAddress any = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
    try (LoopbackDns dns = new LoopbackDns();
        DatagramSocket mute = new DatagramSocket(any)) {
      dns.domain("bank.example").text("bank.example", List.of("v=spf1 ip4:203.0.113.66 -all"));
      // What the program takes on this machine, now.
      Duration answered = timeOfTrace(dns.address());
      Duration silent = timeOfTrace("127.0.0.1:" + mute.getLocalPort());
      // Four seconds of silence; each lookup on its own would wait for three.
      assertThat(silent.minus(answered)).isLessThan(Duration.ofSeconds(12));
    }
  }

  @Test
  void aMailThatEndsWhileTheServerStopsIsStillJudged() throws Exception {
    Path conf = home.resolve("conf/postrider.xml");
    Files.writeString(
        conf, Files.readString(conf).replace("proxies=\"\"", "proxies=\"127.0.0.1\""));
    try (LoopbackDns dns = new LoopbackDns()) {
      dns.domain("bank.example")
          .text("bank.example", List.of("v=spf1 ip4:203.0.113.9 -all"))
          .text("_dmarc.bank.example", List.of("v=DMARC1; p=reject"));
      try (RunningServer server =
              RunningServer.start(home, Map.of("POSTRIDER_DNS", dns.address()));
          SmtpPeer peer = new SmtpPeer(new Socket("127.0.0.1", server.port("smtp")))) {
        assertThat(peer.command("PROXY TCP4 203.0.113.9 127.0.0.1 4444 25")).startsWith("220");
        peer.command("EHLO mx.bank.example");
        peer.command("MAIL FROM:<service@bank.example>");
        peer.command("RCPT TO:<alice@example.test>");
        assertThat(peer.command("DATA")).startsWith("354");
        server.process().destroy();
        await()
            .until(
                () ->
                    Files.readString(home.resolve("log/postrider.log")).contains("asked to stop"));
        peer.write("From: service@bank.example\r\nSubject: hi\r\n\r\nHello.\r\n".getBytes(UTF_8));
        assertThat(peer.command(".")).startsWith("250 ");
        assertThat(server.stop()).isZero();
      }
    }
    assertThat(Launcher.run("queue", "list", "--home", home.toString()).out())
        .contains("0 in the spool");
  }
}
