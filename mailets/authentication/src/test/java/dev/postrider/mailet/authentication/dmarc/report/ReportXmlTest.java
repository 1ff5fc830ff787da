package dev.postrider.mailet.authentication.dmarc.report;

import static dev.postrider.plugin.testkit.MailBuilder.aMail;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.mailet.authentication.dmarc.Dmarc;
import dev.postrider.mailet.authentication.dmarc.Policy;
import dev.postrider.mailet.authentication.results.Verdicts;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.testkit.FixedClock;
import dev.postrider.plugin.testkit.InMemoryDns;
import dev.postrider.plugin.testkit.MailBuilder;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xml.sax.SAXException;

/** Every report here is checked against the schema. */
class ReportXmlTest {

  private static final FixedClock CLOCK = FixedClock.at("2026-11-23T12:00:00Z");

  private static String xml(Map<String, String> published, Map<Row, Long> rows) {
    Instant begin = Instant.parse("2026-11-23T00:00:00Z");
    Counts.Period day =
        new Counts.Period(begin, begin.plus(Duration.ofDays(1)), published, rows, Map.of());
    return ReportXml.of(day, "mx.example.test", "postmaster@example.test", "1a2b");
  }

  private static String report(String policy, MailBuilder... mails)
      throws IOException, SAXException {
    Dmarc dmarc =
        new Dmarc(
            new InMemoryDns().withTxt("_dmarc.example.org", "v=DMARC1; " + policy),
            CLOCK,
            Policy.REJECT,
            Optional.empty(),
            Optional.empty(),
            Set.of("lists.example"),
            Set.of(),
            Set.of(),
            true);
    Map<String, String> published = new HashMap<>();
    Map<Row, Long> rows = new HashMap<>();
    for (MailBuilder mail : mails) {
      Outcome.Continue judged = (Outcome.Continue) dmarc.process(mail.build());
      Judged told = Judged.of(judged.mail()).orElseThrow();
      published.putAll(told.published());
      rows.merge(told.row(), 1L, Long::sum);
    }
    String xml = xml(published, rows);
    ReportSchema.check(xml);
    return xml.replace("\n", "");
  }

  private static MailBuilder mail(String client, String... results) {
    return aMail()
        .client(client)
        .from("x@sender.example")
        .bareHeader()
        .header("From", "a@news.example.org")
        .attribute(Verdicts.ATTRIBUTE, String.join("\n", results));
  }

  @Test
  void whatADomainDoesNotSayStandsThereWithItsDefault() throws IOException, SAXException {
    assertThat(report("p=reject; rua=mailto:d@example.org", mail("192.0.2.1", "spf=none")))
        .contains(
            "<policy_published><domain>example.org</domain>"
                + "<discovery_method>treewalk</discovery_method><p>reject</p><sp>reject</sp>"
                + "<np>reject</np><adkim>r</adkim><aspf>r</aspf><testing>n</testing>"
                + "</policy_published>")
        .contains("<version>1.0</version><report_metadata>", "<generator>Postrider ")
        .doesNotContain("<error>", "<fo>");
  }

  @Test
  void whatItSaysStandsThereAndWhatItShouldMend() throws IOException, SAXException {
    assertThat(
            report(
                "p=none; sp=reject; np=quarantine; adkim=s; aspf=s; t=y; fo=1:d; pct=3;"
                    + " ruf=mailto:f@example.org; rua=mailto:d@example.org",
                mail("2001:db8::1", "spf=none")))
        .contains("<p>none</p><sp>reject</sp><np>quarantine</np><fo>1:d</fo><adkim>s</adkim>")
        .contains("<aspf>s</aspf><testing>y</testing>")
        .doesNotContain("pct");
    assertThat(report("p=<b>; rua=mailto:d@example.org", mail("192.0.2.1", "spf=none")))
        .contains("<p>none</p>", "<error>p is none of none, quarantine and reject</error>");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // Nothing was spared where nothing would have been done (RFC 9990 Appendix A).
        "p=none|dkim=pass header.d=example.org header.s=k|none|-",
        "p=none; sp=reject|dkim=pass header.d=example.org header.s=k|pass|-",
        "p=reject; sp=none|dkim=pass header.d=example.org header.s=k|none|-",
        "p=reject|spf=none|reject|-",
        "p=reject; t=y|spf=none|quarantine|policy_test_mode",
        "p=quarantine; t=y|spf=none|none|policy_test_mode",
        "p=quarantine; t=y|dkim=pass header.d=example.org header.s=k|pass|-",
        "p=reject|dkim=pass header.d=lists.example header.s=k|none|mailing_list"
      })
  void whatWasDoneStandsThereAndWhyLess(
      String policy, String result, String disposition, String reason)
      throws IOException, SAXException {
    String xml = report(policy + "; rua=mailto:d@example.org", mail("192.0.2.1", result));
    assertThat(xml).contains("<disposition>" + disposition + "</disposition>");
    assertThat(xml.contains("<reason>")).isEqualTo(!reason.equals("-"));
    assertThat(reason.equals("-") || xml.contains("<type>" + reason + "</type>")).isTrue();
  }

  @Test
  void onlyTheSenderIsToldOfSpf() throws IOException, SAXException { // RFC 9990 §3.1.1.13
    assertThat(
            report(
                "p=none; rua=mailto:d@example.org",
                mail(
                    "192.0.2.1",
                    "spf=softfail smtp.mailfrom=x@sender.example",
                    "spf=pass smtp.helo=mx.example.org"),
                mail("fe80::1", "dkim=permerror header.d=example.org")))
        .contains(
            "<spf><domain>sender.example</domain><scope>mfrom</scope><result>softfail</result>")
        .doesNotContain("helo");
    assertThat(
            report(
                "p=none; rua=mailto:d@example.org",
                mail("192.0.2.1", "spf=pass smtp.helo=mx.example.org").fromNobody()))
        .contains("<envelope_from></envelope_from>")
        .contains("<spf><domain>mx.example.org</domain><scope>mfrom</scope>");
  }

  @Test
  void anIdTellsReportsApartAndRepeatsNone() {
    Row row = Row.read("192.0.2.1\tnone\tfail\tfail\t\ta.example\tb.example").orElseThrow();
    String id = ReportId.of("2026-11-23", "a.example", Map.of(row, 1L));
    assertThat(id).matches("[0-9a-f]{32}");
    assertThat(ReportId.of("2026-11-23", "a.example", Map.of(row, 1L))).isEqualTo(id);
    assertThat(ReportId.of("2026-11-23", "a.example", Map.of(row, 2L))).isNotEqualTo(id);
    assertThat(ReportId.of("2026-11-24", "a.example", Map.of(row, 1L))).isNotEqualTo(id);
  }
}
