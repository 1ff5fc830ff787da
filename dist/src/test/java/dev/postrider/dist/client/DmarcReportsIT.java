package dev.postrider.dist.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.postrider.dist.server.Launcher;
import dev.postrider.dist.server.RunningServer;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reports about DMARC leave by themselves, once each, and those of others are shown. */
class DmarcReportsIT {

  private static final String REPORT =
      """
      From: dmarc@bank.example
      Subject: a report
      Content-Type: text/xml

      <feedback><report_metadata><org_name>bank.example</org_name><report_id>1</report_id>
      <date_range><begin>1795305600</begin><end>1795391999</end></date_range></report_metadata>
      <policy_published><domain>example.test</domain></policy_published>
      <record><row><source_ip>203.0.113.9</source_ip><count>2</count><policy_evaluated>
      <disposition>reject</disposition><dkim>fail</dkim><spf>fail</spf></policy_evaluated></row></record>
      </feedback>
      """;

  @TempDir Path folder;

  private static void send(RunningServer server, String text) throws Exception {
    try (SmtpPeer peer =
        new SmtpPeer(
            new Socket(
                InetAddress.ofLiteral("127.0.0.1"),
                server.port("smtp"),
                InetAddress.ofLiteral("127.0.0.2"),
                0))) {
      assertThat(peer.reply()).startsWith("220");
      peer.command("EHLO mx.bank.example");
      String reply =
          peer.send(
              "x@bank.example",
              "alice@example.test",
              text.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
      assertThat(reply).startsWith("250");
    }
  }

  // Strangers on loopback, and a period that a test can wait for.
  private Path home() throws Exception {
    Path home = Launcher.home(folder);
    Path file = home.resolve("conf/pipeline.xml");
    Files.writeString(
        file,
        Files.readString(file)
            .replace("127.0.0.0/8, ::1, ${env:POSTRIDER_RELAY_NETWORKS:-}", "127.0.0.1")
            .replace(
                "class=\"DmarcReports\"/>",
                "class=\"DmarcReports\"><every>1s</every><period>2s</period></mailet>"
                    + "<mailet match=\"All\" class=\"ReadDmarcReports\"/>"));
    return home;
  }

  @Test
  void reportsLeaveOnceThoughNoMailComesAndTheServerIsKilled() throws Exception {
    Path home = home();
    try (LoopbackDns dns = new LoopbackDns();
        RecordingSink sink = new RecordingSink()) {
      dns.domain("bank.example")
          .text("bank.example", List.of("v=spf1 ip4:127.0.0.2 -all"))
          .text("_dmarc.bank.example", List.of("v=DMARC1; p=none; rua=mailto:dmarc@bank.example"));
      Map<String, String> environment =
          Map.of(
              "POSTRIDER_DNS",
              dns.address(),
              "POSTRIDER_OUTBOUND_PORT",
              Integer.toString(sink.port()),
              "POSTRIDER_OUTBOUND_ALLOW_PRIVATE",
              "true");
      try (RunningServer server = RunningServer.start(home, environment)) {
        send(server, "From: x@bank.example\nSubject: hi\n\nhello\n");
        server.kill();
      }
      try (RunningServer server = RunningServer.start(home, environment)) {
        await().atMost(Duration.ofSeconds(30)).until(() -> !sink.taken().isEmpty());
        assertThat(sink.taken()).hasSize(1);
        send(server, REPORT);
        await().atMost(Duration.ofSeconds(30)).until(() -> sink.taken().size() > 1);
        assertThat(sink.subjects())
            .as("one for each mail, which came in a period of its own")
            .hasSize(2)
            .allMatch(subject -> subject.startsWith("Report Domain: bank.example Submitter: "));
        assertThat(sink.taken())
            .allMatch(mail -> mail.recipients().toString().contains("dmarc@bank.example"));
        JsonNode shown =
            new ObjectMapper()
                .readTree(
                    Launcher.run("dmarc", "reports", "--json", "--home", home.toString()).out());
        assertThat(shown).hasSize(1);
        assertThat(shown.get(0).path("address").asText()).isEqualTo("203.0.113.9");
        assertThat(shown.get(0).path("failed").asInt()).isEqualTo(2);
      }
    }
    assertThat(Launcher.run("dmarc", "reports", "example.test", "--home", home.toString()).out())
        .as("beside no server")
        .contains("203.0.113.9", "0/0/2", "2026-11-22..2026-11-22", "bank.example");
  }
}
