package dev.postrider.mailet.authentication.dmarc.report;

import static dev.postrider.plugin.testkit.MailBuilder.aMail;
import static dev.postrider.plugin.testkit.PluginAssertions.assertThatMailet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postrider.mailet.authentication.results.Verdicts;
import dev.postrider.plugin.Content;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.testkit.Cost;
import dev.postrider.plugin.testkit.FixedDirectory;
import dev.postrider.plugin.testkit.InMemoryState;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReceivedReportsTest {

  private static final String OLD_REPORT =
      """
      <?xml version="1.0"?><feedback><report_metadata><org_name>mail.example</org_name>
      <date_range><begin>1795305600</begin><end>1795391999</end></date_range></report_metadata>
      <policy_published><domain>example.test</domain></policy_published>
      <record><row><source_ip>192.0.2.1</source_ip><count>7</count><policy_evaluated>
      <disposition>none</disposition><dkim>fail</dkim><spf>pass</spf></policy_evaluated></row></record>
      <record><row><source_ip>203.0.113.9</source_ip><count>2</count><policy_evaluated>
      <disposition>reject</disposition><dkim>fail</dkim><spf>fail</spf></policy_evaluated></row></record>
      </feedback>
      """;

  private final InMemoryState state = new InMemoryState();
  private final ReadDmarcReports reader =
      new ReadDmarcReports(
          System.getLogger("test"), FixedDirectory.of("alice@example.test"), state);

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] zip(byte[] content, int entries) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (int i = 0; i < entries; i++) {
        zip.putNextEntry(new ZipEntry("r" + i + ".xml"));
        zip.write(content);
      }
    }
    return out.toByteArray();
  }

  @Test
  void reportsAreReadHoweverTheyArePacked() throws IOException {
    ReceivedReport expected =
        new ReceivedReport(
            "mail.example",
            "",
            "example.test",
            1795305600L,
            9,
            Map.of(
                new ReportedRow("192.0.2.1", "", "none", false, true), 7L,
                new ReportedRow("203.0.113.9", "", "reject", false, false), 2L));
    assertThat(expected.passed()).isEqualTo(7);
    assertThat(expected.failed()).isEqualTo(Map.of("203.0.113.9", 2L));
    byte[] plain = utf8(OLD_REPORT);
    assertThat(ReceivedReport.read(Unpacked.of(plain))).isEqualTo(expected);
    assertThat(ReceivedReport.read(Unpacked.of(zip(plain, 3)))).isEqualTo(expected);
    assertThat(ReceivedReport.read(Unpacked.of(ReportMail.compress(OLD_REPORT))))
        .isEqualTo(expected);
  }

  @Test
  void theMailGoesOnWhateverItBrings() throws IOException {
    String zipped = Base64.getMimeEncoder().encodeToString(zip(utf8(OLD_REPORT), 1));
    String[] messages = {
      "Content-Type: application/zip\nContent-Transfer-Encoding: base64\n\n" + zipped,
      "Content-Type: application/zip\nContent-Transfer-Encoding: base64\n\n" + "%%%=".repeat(50),
      "Content-Type: multipart/mixed; boundary=b\n\n--b\n--b\n--b--\n",
      "Content-Type: multipart/mixed; boundary=\"\n\n--b",
      "Content-Type: application/gzip\n\nnothing of the kind",
      "\n\n"
    };
    for (String message : messages) {
      assertThatMailet(reader)
          .given(aMail().message("From: a@b.example\n" + message))
          .continuesUnchanged();
    }
  }

  private static void costsLittle(String name, Cost.Work<IOException> bomb) throws IOException {
    System.out.println(
        "DMARC report, bomb of "
            + name
            + ": "
            + Cost.of(bomb).within(Duration.ofSeconds(2), 128 << 20));
  }

  @Test
  void bombsDoNotGoOff() throws IOException {
    byte[] gzip = ReportMail.compress("\0".repeat(40 << 20));
    byte[] zip = zip(new byte[40 << 20], 1);
    costsLittle(
        "gzip",
        () -> assertThatThrownBy(() -> Unpacked.of(gzip)).hasMessageContaining("octets come out"));
    costsLittle(
        "zip",
        () -> assertThatThrownBy(() -> Unpacked.of(zip)).hasMessageContaining("octets come out"));
    byte[] deep = utf8("<a>".repeat(1_000_000));
    costsLittle(
        "deep",
        () -> assertThatThrownBy(() -> ReceivedReport.read(deep)).hasMessageContaining("too deep"));
    byte[] rows = utf8("<feedback>" + "<record></record>".repeat(200_000));
    costsLittle(
        "rows",
        () ->
            assertThatThrownBy(() -> ReceivedReport.read(rows))
                .hasMessageContaining("more than 100000 rows"));
    byte[] text = utf8("<feedback>" + "x".repeat(10_000_000) + "</feedback>");
    costsLittle(
        "text",
        () ->
            assertThatThrownBy(() -> ReceivedReport.read(text))
                .hasMessageContaining("names no domain"));
    byte[] attributes = utf8("<feedback><a " + "x=''".repeat(1_000_000));
    costsLittle(
        "attributes",
        () ->
            assertThatThrownBy(() -> ReceivedReport.read(attributes))
                .isInstanceOf(IOException.class));
    Mail mail =
        aMail()
            .message("Content-Type: multipart/mixed; boundary=b\n\n" + "--b\n".repeat(1_000_000))
            .build();
    costsLittle(
        "parts", () -> assertThat(reader.process(mail)).isInstanceOf(Outcome.Continue.class));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!DOCTYPE x [<!ENTITY a \"aa\"><!ENTITY b \"&a;&a;\">]><feedback>&b;</feedback>",
        "<!DOCTYPE x SYSTEM \"file:///etc/passwd\"><feedback></feedback>",
        "<feedback>&unknown;</feedback>",
        "<feedback><record><row><count>many</count></row></record></feedback>",
        "<feedback>",
        "no xml",
        ""
      })
  void whatIsNoPlainReportIsNotRead(String xml) {
    assertThatThrownBy(() -> ReceivedReport.read(utf8(xml))).isInstanceOf(IOException.class);
  }

  private void receive(String xml, String from, String... results) throws IOException {
    String zipped = Base64.getMimeEncoder().encodeToString(zip(utf8(xml), 1));
    assertThatMailet(reader)
        .given(
            aMail()
                .message(
                    "From: "
                        + from
                        + "\nContent-Type: application/zip\n"
                        + "Content-Transfer-Encoding: base64\n\n"
                        + zipped)
                .attribute(Verdicts.ATTRIBUTE, String.join("\n", results)))
        .continuesUnchanged();
  }

  private List<String> shown(String... domain) {
    return new DmarcReceived(state).run(List.of(domain), Content.of(new byte[0])).lines().toList();
  }

  @Test
  void whatIsReportedAboutOwnDomainsIsKeptOnceAndSummedUp() throws IOException {
    receive(OLD_REPORT, "dmarc@mail.example", "dmarc=pass header.from=mail.example");
    receive(OLD_REPORT, "dmarc@mail.example", "dmarc=pass header.from=mail.example");
    receive(OLD_REPORT.replace("mail.example", "made\tup"), "x@evil.example", "dmarc=none");
    receive(OLD_REPORT.replace("example.test", "foreign.example"), "dmarc@mail.example");
    String line = "example.test\t%s\t2026-11-22\t2026-11-22\t%s";
    assertThat(shown())
        .as("what nobody has proven counts apart")
        .containsExactly(
            line.formatted("192.0.2.1\t7\t0\t7\t0\t7\t0\t0", "mail.example"),
            line.formatted("203.0.113.9\t2\t0\t0\t2\t0\t0\t2", "mail.example"),
            line.formatted("192.0.2.1\t7\t0\t7\t0\t7\t0\t0", "(made?up)"),
            line.formatted("203.0.113.9\t2\t0\t0\t2\t0\t0\t2", "(made?up)"));
    assertThat(shown("Example.TEST")).isEqualTo(shown());
    assertThat(shown("foreign.example")).isEmpty();
  }

  @Test
  void noReporterFillsTheArchiveAndMadeUpOnesPushNobodyOut() throws IOException {
    receive(OLD_REPORT, "dmarc@mail.example", "dmarc=pass header.from=mail.example");
    for (int i = 0; i < 150; i++) {
      String xml =
          OLD_REPORT.replace("mail.example", "o" + i).replace("1795305600", "17954" + (10000 + i));
      receive(xml, "x@one.example", "dmarc=pass header.from=one.example");
      receive(xml, "x@r" + i + ".example", "dmarc=fail header.from=bank.example");
    }
    assertThat(state.keys("dmarc/got/p/", "", 2000)).hasSize(1 + Archive.OF_ONE);
    assertThat(state.keys("dmarc/got/u/", "", 2000)).hasSize(Archive.REPORTS / 10);
    assertThat(shown()).anyMatch(line -> line.contains("\tmail.example, "));
  }

  private static String rows(int count, String source, String from) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < count; i++) {
      out.append("<record><row><source_ip>").append(source).append(i);
      out.append("</source_ip><count>").append(Long.MAX_VALUE).append("</count></row>");
      out.append("<identifiers><header_from>").append(from).append(i);
      out.append("</header_from></identifiers></record>");
    }
    return out.toString();
  }

  @Test
  void aReportOfLongRowsTakesNoMoreRoomThanIsFree() throws IOException {
    String all = rows(300, "\u00fc".repeat(200), "\u6f22".repeat(250));
    receive(
        OLD_REPORT.replace("</feedback>", all + "</feedback>"),
        "dmarc@mail.example",
        "dmarc=pass header.from=mail.example");
    String key = state.keys("dmarc/got/p/", "", 10).getFirst();
    assertThat(state.get(key).orElseThrow()).hasSizeLessThanOrEqualTo(Archive.OCTETS);
    assertThat(shown()).isNotEmpty();
  }

  @Test
  void whatIsReportedOfTheFutureMakesRoomAsSoonAsTheRest() throws IOException {
    receive(
        OLD_REPORT.replace("1795305600", "4000000000"),
        "dmarc@mail.example",
        "dmarc=pass header.from=mail.example");
    assertThat(state.keys("dmarc/got/p/", "", 10))
        .singleElement()
        .satisfies(key -> assertThat(key).doesNotContain("2096"));
  }

  @Test
  void sumsHaveAnEndHoweverManyAddressesAreReported() throws IOException {
    for (int i = 0; i < 120; i++) {
      receive(
          OLD_REPORT.replace("</feedback>", rows(200, "10." + i + ".0.", "x") + "</feedback>"),
          "dmarc@mail" + i + ".example",
          "dmarc=pass header.from=mail" + i + ".example");
    }
    assertThat(shown()).hasSize(1000).allMatch(line -> !line.contains("\t-"));
    assertThat(shown().getFirst()).contains("\t(others)\t");
  }

  @Test
  void aFullDiskCostsTheReportAndNotTheMail() throws IOException {
    state.failing("no space");
    receive(OLD_REPORT, "dmarc@mail.example", "dmarc=pass header.from=mail.example");
    assertThat(shown()).isEmpty();
  }
}
