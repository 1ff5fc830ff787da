package dev.postrider.mailet.authentication.dmarc.report;

import static dev.postrider.plugin.testkit.MailBuilder.aMail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postrider.mailet.authentication.dmarc.Dmarc;
import dev.postrider.mailet.authentication.dmarc.Policy;
import dev.postrider.mailet.authentication.results.Verdicts;
import dev.postrider.plugin.HeaderField;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.service.PluginState;
import dev.postrider.plugin.testkit.FixedClock;
import dev.postrider.plugin.testkit.FixedDirectory;
import dev.postrider.plugin.testkit.InMemoryDns;
import dev.postrider.plugin.testkit.InMemoryState;
import dev.postrider.plugin.testkit.MailBuilder;
import dev.postrider.plugin.testkit.RecordingOutbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DmarcReportsTest {

  private final FixedClock clock = FixedClock.at("2026-11-23T12:00:00Z");
  private final InMemoryDns dns = new InMemoryDns();
  private final InMemoryState state = new InMemoryState();
  private final RecordingOutbox outbox = new RecordingOutbox(state);
  private Runnable meanwhile = () -> {};
  private Runnable beforeEach = () -> {};
  private final DmarcReports reports = reports();

  private DmarcReports reports() {
    return new DmarcReports(
        dns,
        clock,
        () -> "mx.example.test",
        FixedDirectory.of("alice@example.test"),
        new Watched(state, () -> beforeEach.run()),
        (mails, used) -> {
          meanwhile.run();
          return outbox.send(mails, used);
        },
        System.getLogger("test"),
        Optional.empty(),
        Duration.ofSeconds(10),
        Duration.ofDays(1));
  }

  /** Tells before each change. */
  private record Watched(PluginState state, Runnable before) implements PluginState {
    @Override
    public Optional<byte[]> get(String key) {
      return state.get(key);
    }

    @Override
    public void put(String key, byte[] value) {
      before.run();
      state.put(key, value);
    }

    @Override
    public boolean replace(String key, Optional<byte[]> expected, byte[] value) {
      before.run();
      return state.replace(key, expected, value);
    }

    @Override
    public boolean remove(String key) {
      before.run();
      return state.remove(key);
    }

    @Override
    public List<String> keys(String prefix, String after, int limit) {
      return state.keys(prefix, after, limit);
    }
  }

  private List<Mail> turn() {
    reports.turn();
    return outbox.takeSent();
  }

  private void policy(String domain, String rua) {
    dns.withTxt("_dmarc." + domain, "v=DMARC1; p=none; sp=reject; adkim=s; rua=" + rua);
  }

  private static MailBuilder from(String domain, String client, String... results) {
    return aMail()
        .client(client)
        .from("x@sender.example")
        .bareHeader()
        .header("From", "a@" + domain)
        .attribute(Verdicts.ATTRIBUTE, String.join("\n", results));
  }

  /** What the server sends in the turn after the mail. */
  private List<Mail> sent(MailBuilder mail) {
    count(mail.receivedAt(clock.instant()));
    return turn();
  }

  private void count(MailBuilder mail) {
    Dmarc dmarc =
        new Dmarc(
            dns,
            clock,
            Policy.REJECT,
            Optional.empty(),
            Optional.empty(),
            Set.of(),
            Set.of(),
            Set.of(),
            true);
    Mail judged = ((Outcome.Continue) dmarc.process(mail.build())).mail();
    assertThat(reports.process(judged)).isEqualTo(Outcome.next(judged));
  }

  private static ReceivedReport report(Mail mail) throws IOException {
    return ReceivedReport.read(Unpacked.of(Attachments.of(mail.message()).getFirst()));
  }

  @Test
  void alikeMailsAreCountedAndReportedWhenTheDayIsOver() throws IOException {
    policy("example.org", "mailto:dmarc@example.org!10m, https://example.org/");
    for (int i = 0; i < 3; i++) {
      assertThat(
              sent(from("example.org", "192.0.2.1", "dkim=pass header.d=example.org header.s=k")))
          .isEmpty();
    }
    assertThat(sent(from("example.org", "203.0.113.9", "spf=fail smtp.mailfrom=x@b.example")))
        .isEmpty();
    clock.advance(Duration.ofHours(13));
    List<Mail> mails = sent(from("other.example", "192.0.2.1", "spf=none"));
    assertThat(mails).hasSize(1);
    Mail mail = mails.getFirst();
    assertThat(mail.sender().isNull()).isTrue();
    assertThat(mail.recipients()).hasToString("[dmarc@example.org]");
    assertThat(mail.message().headers().first("From").map(HeaderField::value))
        .contains("<postmaster@example.test>");
    assertThat(mail.message().headers().first("Subject").map(HeaderField::value))
        .hasValueSatisfying(
            subject ->
                assertThat(subject)
                    .startsWith("Report Domain: example.org Submitter: mx.example.test"));
    ReceivedReport report = report(mail);
    assertThat(report.organization()).isEqualTo("mx.example.test");
    assertThat(report.domain()).isEqualTo("example.org");
    assertThat(report.begin()).isEqualTo(1795392000L);
    assertThat(report.mails()).isEqualTo(4);
    assertThat(report.passed()).isEqualTo(3);
    assertThat(report.failed()).isEqualTo(Map.of("203.0.113.9", 1L));
    String xml =
        new String(
            Unpacked.of(Attachments.of(mail.message()).getFirst()), StandardCharsets.US_ASCII);
    assertThat(xml)
        .contains("<sp>reject</sp>", "<adkim>s</adkim>", "<aspf>r</aspf>")
        .contains("<selector>k</selector>", "<scope>mfrom</scope>")
        .contains("<disposition>none</disposition>");
    clock.advance(Duration.ofHours(1));
    assertThat(sent(from("other.example", "192.0.2.1"))).isEmpty();
    assertThat(state.keys("dmarc/", "", 10)).isEmpty();
  }

  private List<Mail> sentNextDay(String rua) {
    policy("example.org", rua);
    assertThat(sent(from("example.org", "192.0.2.1", "spf=none"))).isEmpty();
    clock.advance(Duration.ofDays(1));
    return sent(from("other.example", "192.0.2.1"));
  }

  @Test
  void nobodyElseIsFloodedWithReportsHeDidNotAskFor() {
    assertThat(sentNextDay("mailto:someone@victim.example")).isEmpty();
    assertThat(dns.queries()).contains("TXT example.org._report._dmarc.victim.example");
  }

  @Test
  void whoSaysSoInTheDnsGetsReportsAboutOthers() {
    dns.withTxt("example.org._report._dmarc.reports.example", "v=DMARC1");
    assertThat(sentNextDay("mailto:a@reports.example,mailto:b@victim.example"))
        .singleElement()
        .satisfies(mail -> assertThat(mail.recipients()).hasToString("[a@reports.example]"));
  }

  @Test
  void aSizeInTheAddressSaysNothingAnyMore() { // RFC 9989 §4.8
    assertThat(sentNextDay("mailto:dmarc@example.org!100")).hasSize(1);
  }

  @Test
  void addressesAreReadFromTheirUris() {
    assertThat(ReportAddress.read("mailto:a@b.example!2k").orElseThrow().address())
        .hasToString("a@b.example");
    assertThat(ReportAddress.read("mailto:a%40b.example").orElseThrow().address())
        .hasToString("a@b.example");
    assertThat(ReportAddress.read("mailto:a%0d%0aX: y@b.example")).isEmpty();
    assertThat(ReportAddress.read("mailto:a%zz@b.example")).isEmpty();
  }

  @Test
  void reportsAreNotCountedButWhatLooksLikeOneIs() {
    policy("example.org", "mailto:dmarc@example.org");
    String subject = "Report Domain: x Submitter: y";
    sent(
        from("example.org", "192.0.2.1", "dkim=pass header.d=example.org")
            .header("Subject", subject));
    assertThat(state.keys("dmarc/", "", 10)).isEmpty();
    sent(from("example.org", "192.0.2.1").header("Subject", subject));
    assertThat(state.keys("dmarc/", "", 10)).isNotEmpty();
  }

  @Test
  void eachTurnSendsOneReportAndNoMailIsNeededForIt() {
    for (int i = 0; i < 5; i++) {
      policy("d" + i + ".example", "mailto:dmarc@d" + i + ".example");
      sent(from("d" + i + ".example", "192.0.2.1"));
    }
    clock.advance(Duration.ofHours(12).plusMinutes(29));
    assertThat(turn()).as("half an hour for those that are late").isEmpty();
    clock.advance(Duration.ofMinutes(1));
    Set<String> told = new HashSet<>();
    for (int i = 0; i < 5; i++) {
      assertThat(turn()).singleElement().satisfies(mail -> told.add(mail.recipients().toString()));
    }
    assertThat(told).hasSize(5);
    assertThat(turn()).isEmpty();
  }

  @Test
  void whatIsCountedMeanwhileIsNotLost() throws IOException {
    policy("example.org", "mailto:dmarc@example.org");
    sent(from("example.org", "192.0.2.1"));
    clock.advance(Duration.ofDays(1));
    meanwhile =
        () -> {
          for (String key : state.keys("dmarc/row/", "", 10)) {
            String row = new String(state.get(key).orElseThrow(), StandardCharsets.UTF_8);
            state.put(key, row.replaceFirst("1", "2").getBytes(StandardCharsets.UTF_8));
          }
        };
    assertThat(turn()).isEmpty();
    meanwhile = () -> {};
    assertThat(report(turn().getFirst()).mails()).isEqualTo(2);
  }

  @Test
  void lateMailsAreReportedWhateverATurnDoesMeanwhile() throws IOException {
    policy("example.org", "mailto:dmarc@example.org");
    for (int change = 0; change < 4; change++) {
      Instant day = clock.instant();
      count(from("example.org", "192.0.2.1").receivedAt(day));
      clock.advance(Duration.ofDays(1));
      AtomicInteger left = new AtomicInteger(change);
      List<Mail> sent = new ArrayList<>();
      beforeEach =
          () -> {
            if (left.getAndDecrement() == 0) {
              sent.addAll(turn());
            }
          };
      count(from("example.org", "192.0.2.2").receivedAt(day));
      beforeEach = () -> {};
      sent.addAll(turn());
      sent.addAll(turn());
      assertThat(mails(sent)).as("a turn before change %d", change).isEqualTo(2);
      assertThat(state.keys("dmarc/", "", 10)).isEmpty();
    }
  }

  @Test
  void aLateMailWhileAReportIsMadeIsReportedToo() throws IOException {
    policy("example.org", "mailto:dmarc@example.org");
    Instant day = clock.instant();
    sent(from("example.org", "192.0.2.1"));
    clock.advance(Duration.ofDays(1));
    meanwhile = () -> count(from("example.org", "192.0.2.2").receivedAt(day));
    assertThat(turn()).isEmpty();
    meanwhile = () -> {};
    assertThat(mails(turn())).isEqualTo(2);
    assertThat(state.keys("dmarc/", "", 10)).isEmpty();
  }

  private static long mails(List<Mail> sent) throws IOException {
    long all = 0;
    for (Mail each : sent) {
      all += report(each).mails();
    }
    return all;
  }

  @Test
  void whatNoPeriodIsKnownOfIsForgottenAndHoldsNobodyUp() {
    policy("example.org", "mailto:dmarc@example.org");
    sent(from("example.org", "192.0.2.1"));
    state.put(
        "dmarc/policy/2026-11-01/x",
        "domain=example.org\nrua=mailto:a@example.org".getBytes(StandardCharsets.UTF_8));
    state.put(
        "dmarc/row/2026-11-01/x/y",
        "1\n192.0.2.1\tnone\tfail\tfail\t\ta.example\tb.example".getBytes(StandardCharsets.UTF_8));
    clock.advance(Duration.ofDays(1));
    assertThat(turn()).isEmpty();
    assertThat(turn()).hasSize(1);
    assertThat(state.keys("dmarc/", "", 10)).isEmpty();
  }

  @Test
  void whatIsTooLongIsNotCounted() {
    policy("other.example", "mailto:dmarc@other.example");
    count(
        from(
                "other.example",
                "192.0.2.1",
                "dkim=fail header.d=" + "a".repeat(70_000) + " header.s=k")
            .receivedAt(clock.instant()));
    clock.advance(Duration.ofDays(1));
    assertThat(turn()).isEmpty();
    assertThat(turn()).isEmpty();
    assertThat(state.keys("dmarc/", "", 10)).isEmpty();
  }

  @Test
  void aReportThatManyServersWouldNotTakeIsNotSent() {
    Random random = new Random(7);
    Map<Row, Long> rows = new HashMap<>();
    while (rows.size() < 3000) {
      Row row =
          new Row("192.0.2.1", "none", "fail", "fail", "", noise(random), noise(random), List.of());
      rows.put(row, 1L);
    }
    assertThat(reported(rows)).isEmpty();
    assertThat(reported(Map.of(rows.keySet().iterator().next(), 1L))).hasSize(1);
  }

  private static String noise(Random random) {
    byte[] octets = new byte[2000];
    random.nextBytes(octets);
    return HexFormat.of().formatHex(octets);
  }

  private List<Mail> reported(Map<Row, Long> rows) {
    Map<String, String> published = Map.of("domain", "example.org", "rua", "mailto:a@example.org");
    Instant begin = Instant.parse("2026-11-22T00:00:00Z");
    return reports.reports(
        new Counts.Period(begin, begin.plus(Duration.ofDays(1)), published, rows, Map.of()),
        clock.instant());
  }

  @Test
  void whatCanNotBeSentStaysForTheNextTurn() {
    policy("example.org", "mailto:dmarc@example.org");
    sent(from("example.org", "192.0.2.1"));
    clock.advance(Duration.ofDays(1));
    meanwhile =
        () -> {
          throw new PluginState.Unavailable("no space");
        };
    assertThatThrownBy(reports::turn).isInstanceOf(PluginState.Unavailable.class);
    meanwhile = () -> {};
    assertThat(turn()).hasSize(1);
  }

  @Test
  void aStormOfHostsDoesNotFillTheState() throws IOException {
    policy("example.org", "mailto:dmarc@example.org");
    for (int i = 0; i < 700; i++) {
      sent(from("example.org", "10.0." + i / 250 + "." + i % 250));
    }
    assertThat(state.keys("dmarc/row/", "", 2000)).hasSize(Counts.ROWS);
    clock.advance(Duration.ofDays(1));
    assertThat(report(sent(from("other.example", "192.0.2.1")).getFirst()).mails())
        .isEqualTo(Counts.ROWS);
  }

  @Test
  void aFullDiskCostsTheCountAndNotTheMail() {
    policy("example.org", "mailto:dmarc@example.org");
    state.failing("no space");
    assertThat(sent(from("example.org", "192.0.2.1"))).isEmpty();
  }
}
