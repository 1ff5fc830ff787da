package dev.postrider.mailet.authentication.spf;

import static dev.postrider.plugin.testkit.MailBuilder.aMail;
import static dev.postrider.plugin.testkit.PluginAssertions.assertThatMailet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postrider.mailet.authentication.lookup.SlowDns;
import dev.postrider.mailet.authentication.results.MethodResult;
import dev.postrider.mailet.authentication.results.Verdicts;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.Text;
import dev.postrider.plugin.service.Dns;
import dev.postrider.plugin.testkit.FixedClock;
import dev.postrider.plugin.testkit.InMemoryDns;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpfTest {

  private final FixedClock clock = FixedClock.at("2026-11-23T12:00:00Z");
  private final InMemoryDns dns = new InMemoryDns();

  private Spf spf(Dns names, boolean defer, SpfResult... refuse) {
    return new Spf(
        names, clock, () -> "mx.example.test", Set.of(refuse), defer, Duration.ofSeconds(4));
  }

  private List<String> results(Mail mail) {
    Outcome outcome = spf(dns, false).process(mail);
    return Verdicts.of(((Outcome.Continue) outcome).mail()).stream()
        .map(MethodResult::toString)
        .toList();
  }

  @Test
  void aDeadlineWithinWhichNobodyAnswersOrNobodyWaitsIsRefused() {
    for (Duration deadline : List.of(Duration.ZERO, Duration.ofDays(1))) {
      assertThatThrownBy(
              () -> new Spf(dns, clock, () -> "mx.example.test", Set.of(), false, deadline))
          .hasMessage("deadline is a time like 4s, and 1m at most");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          exists:%{l}.users.example.org -all              | FAIL
          exists:%{s}.users.example.org -all              | FAIL
          -exists:%{lr-}.users.example.org +all           | PASS
          include:%{l}.users.example.org ?all             | NEUTRAL
          redirect=%{l}.users.example.org                 | NEUTRAL
          exists:%{l}.a exists:%{l}.b exists:%{l}.c ip4:192.0.2.1 | PASS
          exists:users.%{o} -all                          | PASS
          """)
  void termsWithALocalPartThatIsNoAsciiNeverMatch(String terms, SpfResult result) {
    dns.withTxt("example.org", "v=spf1 " + terms);
    dns.withAddress("users.example.org", "127.0.0.2");
    dns.withAddress("bücher.users.example.org", "127.0.0.2");
    dns.withAddress("bücher@example.org.users.example.org", "127.0.0.2");
    dns.withTxt("bücher.users.example.org", "v=spf1 +all");
    SpfIdentity identity =
        new SpfIdentity(
            InetAddress.ofLiteral("192.0.2.1"), "bücher", "example.org", "h.example", "mx.example");
    assertThat(new SpfCheck(Duration.ofSeconds(4), clock).check(dns, identity).result())
        .isEqualTo(result);
    assertThat(dns.queries()).allMatch(Text::isAscii);
  }

  @Test
  void bothIdentitiesAreCheckedAndNoted() {
    dns.withTxt("example.org", "v=spf1 ip4:192.0.2.0/24 -all");
    dns.withTxt("client.example.org", "v=spf1 a -all").withAddress("client.example.org", "::9");
    assertThat(results(aMail().build()))
        .containsExactly(
            "spf=pass (192.0.2.1: ip4:192.0.2.0/24 of example.org)"
                + " smtp.mailfrom=alice@example.org",
            "spf=fail (192.0.2.1: -all of client.example.org) smtp.helo=client.example.org");
  }

  @Test
  void ofAMailWithoutASenderOnlyTheNameInHeloIsChecked() {
    dns.withTxt("client.example.org", "v=spf1 ip4:192.0.2.1 -all");
    assertThat(results(aMail().fromNobody().build()))
        .containsExactly(
            "spf=pass (192.0.2.1: ip4:192.0.2.1 of client.example.org)"
                + " smtp.helo=client.example.org");
    assertThat(results(aMail().fromNobody().helo("[192.0.2.1]").build()))
        .containsExactly(
            "spf=none (192.0.2.1: [192.0.2.1] is no domain) smtp.helo=\"[192.0.2.1]\"");
  }

  @Test
  void onlyWhatTheAdminSaysIsRefusedWithTheWordsOfTheDomain() {
    dns.withTxt("example.org", "v=spf1 -all exp=why.example.org");
    dns.withTxt("why.example.org", "%{i} is not ours, see http://example.org/?s=%{S}");
    assertThatMailet(spf(dns, false)).given(aMail()).continues();
    assertThatMailet(spf(dns, false, SpfResult.FAIL))
        .given(aMail())
        .refuses(
            "550 5.7.23 SPF: 192.0.2.1 may not send for example.org (192.0.2.1 is not ours, see"
                + " http://example.org/?s=alice%40example.org)");
    dns.without("example.org").withTxt("example.org", "v=spf1 bad");
    assertThatMailet(spf(dns, false, SpfResult.FAIL)).given(aMail()).continues();
    assertThatMailet(spf(dns, false, SpfResult.PERMERROR)).given(aMail()).refuses("550 5.7.24");
  }

  @Test
  void silenceIsNoRefusalUnlessTheAdminWantsTheHostToComeAgain() {
    SlowDns silent = SlowDns.of(dns, clock, Duration.ofMinutes(1));
    Outcome outcome =
        spf(silent, false, SpfResult.FAIL, SpfResult.PERMERROR).process(aMail().build());
    assertThat(Verdicts.of(((Outcome.Continue) outcome).mail()))
        .extracting(MethodResult::result)
        .containsExactly("temperror", "temperror");
    assertThat(silent.waited()).isLessThanOrEqualTo(Duration.ofSeconds(4));
    assertThatMailet(spf(silent, true)).given(aMail()).defers("the SPF policy of example.org: DNS");
  }

  @Test
  void itWorksBeforeThereIsAMessage() {
    dns.withTxt("example.org", "v=spf1 -all");
    assertThatMailet(spf(dns, false, SpfResult.FAIL)).given(aMail().atSender()).refuses("550");
  }
}
