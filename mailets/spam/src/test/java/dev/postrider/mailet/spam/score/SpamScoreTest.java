package dev.postrider.mailet.spam.score;

import static dev.postrider.plugin.testkit.MailBuilder.aMail;
import static dev.postrider.plugin.testkit.PluginAssertions.assertThatMailet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postrider.mailet.spam.greylist.Correspondents;
import dev.postrider.mailet.spam.reputation.Reputations;
import dev.postrider.plugin.HeaderField;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.service.Elsewhere;
import dev.postrider.plugin.testkit.FixedClock;
import dev.postrider.plugin.testkit.InMemoryState;
import dev.postrider.plugin.testkit.MailBuilder;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpamScoreTest {

  private static final System.Logger LOG = System.getLogger("test");

  @Test
  void anOrdinaryMailGetsNoPoints() {
    Mail judged = judged(ordinary());
    assertThat(judged.attribute(SpamScore.VERDICT)).contains("ham");
    assertThat(judged.attribute(SpamScore.SCORE)).contains("0");
    assertThat(field(judged)).isEqualTo("ham, points=0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "odd-date|Date: Mon, 01 Jan 2029 00:00:00 +0000|x",
        "odd-date|Date: tomorrow|x",
        "odd-from|From: a@example.org, b@example.org\\r\\nFrom: c@example.org|x",
        "from-name-deceives|From: \"service@bank.example\" <x@evil.example>|x",
        "reply-to-elsewhere|Reply-To: x@evil.example|x",
        "subject-shouts|Subject: GET YOUR FREE MONEY NOW|x",
        "forged-received|Received: by a; Mon, 23 Nov 2026 10:00:00 +0000\\r\\nReceived: by b; Wed, 25 Nov 2026 10:00:00 +0000|x",
        "disguised-letters||pаypаl аccount",
        "invisible-characters||f\u200br\u200be\u200be\u200b m\u200bo\u200bn\u200be\u200by\u200b n\u200bow\u200b",
        "url-address||http://192.0.2.1/",
        "url-masked||http://3221225985/",
        "html-deceptive-link|Content-Type: text/html|<a href=http://evil.example/>www.bank.test</a>",
        "html-active|Content-Type: text/html|<script>x</script>",
        "html-broken|Content-Type: text/html|x<!-- y",
        "html-pictures-only|Content-Type: text/html|<img src=http://a.example/x>",
        "disguised-program|Content-Type: application/zip; name=a.pdf.exe|x",
        "attached-program|Content-Type: application/x; name=a.scr|x"
      })
  void eachRuleFindsWhatItLooksFor(String rule, String fields, String body) {
    String own = fields == null ? "" : fields.replace("\\r\\n", "\r\n") + "\r\n";
    MailBuilder mail = aMail().helo("mx.example.org").bareHeader();
    for (String usual :
        List.of(
            "From: a@example.org",
            "To: b@example.test",
            "Message-ID: <a@b>",
            "Date: Mon, 23 Nov 2026 11:00:00 +0000",
            "Content-Type: text/plain; charset=utf-8")) {
      String name = usual.substring(0, usual.indexOf(':') + 1);
      if (!own.startsWith(name) && !own.contains("\n" + name)) {
        mail.rawHeader(usual + "\r\n");
      }
    }
    Arrays.stream(own.split("(?<=\r\n)")).filter(line -> !line.isEmpty()).forEach(mail::rawHeader);
    assertThat(field(judged(mail.body(body)))).contains("; " + rule + "=");
    assertThat(field(judged(mail.body(body), rule + "=0"))).doesNotContain(rule);
  }

  @Test
  void whatIsMissingCounts() {
    String field = field(judged(aMail().helo("x").bareHeader().body("x")));
    assertThat(field)
        .startsWith("junk, points=")
        .contains("missing-date", "missing-message-id", "odd-from", "bad-helo", "no-recipients");
  }

  @Test
  void resultsOfChecksOfTheSenderCount() {
    Mail mail =
        ordinary()
            .attribute(
                "authentication.results",
                "spf=fail (not listed) smtp.mailfrom=a@b.example\nspf=pass smtp.helo=c.example\n"
                    + "dkim=fail reason=x\ndmarc=fail")
            .build();
    assertThat(field(judged(mail)))
        .contains("dmarc-fail=3", "spf-fail=2.5", "dkim-fail=1")
        .doesNotContain("spf-pass");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "spf=pass smtp.mailfrom=alice@example.org|true",
        "spf=softfail smtp.mailfrom=alice@example.org|false",
        "spf=pass smtp.helo=mx.evil.example|false",
        "dkim=pass header.d=example.org header.s=x|true",
        "dkim=pass header.d=evil.example header.s=x header.d=example.org|false",
        "dkim=fail header.d=example.org|false",
        "''|false"
      })
  void whomTheRecipientWroteToMayAnswerButNobodyInTheirName(String results, boolean known) {
    InMemoryState state = new InMemoryState();
    FixedClock clock = FixedClock.at("2026-11-23T12:00:00Z");
    Mail mail =
        ordinary()
            .from("alice@example.org")
            .to("bob@example.test")
            .attribute("authentication.results", results)
            .build();
    new Correspondents(state, clock)
        .wrote(mail.recipients().getFirst().address(), mail.sender().address().orElseThrow());
    SpamScore mailet =
        new SpamScore(
            state,
            clock,
            Elsewhere.live(),
            LOG,
            Optional.of(new Points(5)),
            Optional.empty(),
            List.of());
    String field = field(assertThatMailet(mailet).given(mail).continues().mail());
    assertThat(field.contains("correspondent=-3")).as(field).isEqualTo(known);
  }

  @Test
  void aReputationDoesNotFeedItself() {
    InMemoryState state = new InMemoryState();
    FixedClock clock = FixedClock.at("2026-11-23T12:00:00Z");
    Reputations reputations = new Reputations(state, clock);
    Mail bad = ordinary().client("192.0.2.1").attribute(Finding.ATTRIBUTE, "list 3").build();
    Mail good = ordinary().client("198.51.100.1").attribute(Finding.ATTRIBUTE, "list 1").build();
    for (int i = 0; i < 100; i++) {
      reputations.note(bad, false, 1);
      reputations.note(good, true, 1);
    }
    reputations.write();
    double before = reputations.of(bad);
    double better = reputations.of(good);
    SpamScore mailet =
        new SpamScore(
            state,
            clock,
            Elsewhere.live(),
            LOG,
            Optional.of(new Points(5)),
            Optional.empty(),
            List.of());
    for (int i = 0; i < 20; i++) {
      assertThat(field(assertThatMailet(mailet).given(bad).continues().mail()))
          .startsWith("junk, ");
      assertThat(field(assertThatMailet(mailet).given(good).continues().mail()))
          .startsWith("ham, points=-");
    }
    clock.advance(Duration.ofMinutes(1));
    reputations = new Reputations(state, clock);
    assertThat(reputations.of(bad)).isLessThanOrEqualTo(before);
    assertThat(reputations.of(good)).isGreaterThanOrEqualTo(better);
  }

  @Test
  void findingsOfOtherMailetsCount() {
    Mail mail = new Finding("dns-list", new Points(4), "zen\nx").on(ordinary().build());
    Mail both = new Finding("good-name", new Points(-1), "").on(mail);
    Mail judged = judged(both.withAttribute("x", "y"));
    assertThat(field(judged)).isEqualTo("ham, points=3; dns-list=4, good-name=-1");
    Mail forged = ordinary().attribute(Finding.ATTRIBUTE, "x\n x y\nok 1").build();
    assertThat(field(judged(forged))).isEqualTo("ham, points=1; ok=1");
  }

  @Test
  void theClassifierCountsByItsCertaintyAndNamesItsWords() {
    Mail spam = judged(ordinary().build(), answering("0.99\n0.98 casino\n0.95 bonus"));
    assertThat(field(spam))
        .isEqualTo("junk, points=5.88; words-of-spam=5.88; words 0.990 (casino 0.98, bonus 0.95)");
    assertThat(field(judged(ordinary().build(), answering("0.0")))).contains("words-of-ham=-3");
    assertThat(field(judged(ordinary().build(), answering("")))).isEqualTo("ham, points=0");
    assertThat(field(judged(ordinary().build(), answering("nonsense")))).isEqualTo("ham, points=0");
  }

  @Test
  void fromTheLimitOnAMailIsRefusedWithTheRulesButNotTheirPoints() {
    Mail mail = ordinary().attribute(Finding.ATTRIBUTE, "dns-list 9\nurl-list 4\ngood -1").build();
    Outcome outcome = mailet(Elsewhere.live(), Optional.of(new Points(10))).process(mail);
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Refuse.class,
            refused ->
                assertThat(refused.status())
                    .hasToString("550 5.7.1 The mail looks like spam: dns-list, url-list"));
    assertThatThrownBy(() -> mailet(Elsewhere.live(), Optional.of(new Points(1))))
        .hasMessageContaining("refuseAt is 1, less than junkAt with 5");
  }

  @Test
  void aVerdictThatCameWithTheMailIsRemoved() {
    Mail judged = judged(ordinary().header("X-Postrider-Spam", "ham, points=-99"));
    assertThat(judged.message().headers().count("X-Postrider-Spam")).isOne();
    assertThat(field(judged)).isEqualTo("ham, points=0");
  }

  @ParameterizedTest
  @CsvSource({"x=1", "missing-date", "missing-date=a", "missing-date=1001", "missing-date="})
  void aWeightThatIsNoneIsToldToTheAdmin(String text) {
    assertThatThrownBy(() -> Weight.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  private static MailBuilder ordinary() {
    return aMail()
        .helo("mx.example.org")
        .bareHeader()
        .header("From", "Alice <alice@example.org>")
        .header("To", "bob@example.test")
        .header("Date", "Mon, 23 Nov 2026 11:00:00 +0000")
        .header("Message-ID", "<1@example.org>")
        .subject("Minutes")
        .body("See you on Tuesday.");
  }

  private static Mail judged(MailBuilder mail, String... weights) {
    List<Weight> others = Arrays.stream(weights).map(Weight::parse).toList();
    SpamScore mailet =
        new SpamScore(
            new InMemoryState(),
            FixedClock.at("2026-11-23T12:00:00Z"),
            Elsewhere.live(),
            LOG,
            Optional.of(new Points(5)),
            Optional.empty(),
            others);
    return assertThatMailet(mailet).given(mail).continues().mail();
  }

  private static Mail judged(Mail mail) {
    return judged(mail, Elsewhere.live());
  }

  private static Mail judged(Mail mail, Elsewhere elsewhere) {
    return assertThatMailet(mailet(elsewhere, Optional.empty())).given(mail).continues().mail();
  }

  private static SpamScore mailet(Elsewhere elsewhere, Optional<Points> refuseAt) {
    return new SpamScore(
        new InMemoryState(),
        FixedClock.at("2026-11-23T12:00:00Z"),
        elsewhere,
        LOG,
        Optional.of(new Points(5)),
        refuseAt,
        List.of());
  }

  private static String field(Mail mail) {
    return mail.message().headers().first("X-Postrider-Spam").map(HeaderField::value).orElseThrow();
  }

  private static Elsewhere answering(String answer) {
    return new Elsewhere() {
      @Override
      public <T> T ask(
          String question, Source<T> source, Function<T, String> write, Function<String, T> read)
          throws IOException {
        return read.apply(answer);
      }
    };
  }
}
