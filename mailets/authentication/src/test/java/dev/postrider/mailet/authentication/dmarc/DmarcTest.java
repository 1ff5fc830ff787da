package dev.postrider.mailet.authentication.dmarc;

import static dev.postrider.plugin.testkit.MailBuilder.aMail;
import static dev.postrider.plugin.testkit.PluginAssertions.assertThatMailet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.mailet.authentication.lookup.SlowDns;
import dev.postrider.mailet.authentication.results.Verdicts;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.ProcessorName;
import dev.postrider.plugin.service.Dns;
import dev.postrider.plugin.testkit.FixedClock;
import dev.postrider.plugin.testkit.InMemoryDns;
import dev.postrider.plugin.testkit.MailBuilder;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DmarcTest {

  private final FixedClock clock = FixedClock.at("2026-11-23T12:00:00Z");
  private final InMemoryDns dns = new InMemoryDns();

  private Dmarc dmarc(Dns names, Policy enforce) {
    return new Dmarc(
        names,
        clock,
        enforce,
        Optional.of(ProcessorName.parse("forged")),
        Optional.empty(),
        Set.of("lists.example"),
        Set.of("sealer.example"),
        Set.of("exempt.example"),
        true);
  }

  private static MailBuilder from(String author, String... results) {
    return aMail()
        .from("x@sender.example")
        .bareHeader()
        .header("From", author)
        .attribute(Verdicts.ATTRIBUTE, String.join("\n", results));
  }

  private static Mail after(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Continue(var mail, var _) -> mail;
      case Outcome.GoTo(var _, var mail) -> mail;
      case Outcome other -> throw new AssertionError("the mail does not go on: " + other);
    };
  }

  private static String verdict(Mail mail) {
    return Verdicts.of(mail, "dmarc").getFirst().result()
        + " "
        + mail.attribute(Dmarc.DISPOSITION).orElse("-")
        + mail.attribute(Dmarc.OVERRIDE).map(reason -> " " + reason).orElse("");
  }

  private String verdict(Dns names, Policy enforce, MailBuilder mail) {
    return verdict(after(dmarc(names, enforce).process(mail.build())));
  }

  private String verdict(MailBuilder mail) {
    return verdict(dns, Policy.REJECT, mail);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // relaxed: one organization
        "p=reject|a@example.org|spf=pass smtp.mailfrom=x@example.org|pass none",
        "p=reject|a@example.org|spf=pass smtp.mailfrom=x@mail.example.org|pass none",
        "p=reject|a@news.example.org|dkim=pass header.d=example.org|pass none",
        "p=reject|a@news.example.org|dkim=pass header.d=other.example.org|pass none",
        "p=reject|a@EXAMPLE.ORG|dkim=pass header.d=Example.Org|pass none",
        // another one
        "p=reject|a@example.org|spf=pass smtp.mailfrom=x@example.net|fail reject",
        "p=reject|a@example.org|dkim=pass header.d=evilexample.org|fail reject",
        "p=reject|a@example.org|dkim=pass header.d=org|fail reject",
        "p=reject|a@example.org|dkim=fail header.d=example.org|fail reject",
        "p=reject|a@example.org|spf=softfail smtp.mailfrom=x@example.org|fail reject",
        "p=reject|a@example.org|spf=pass smtp.helo=example.org|fail reject",
        "p=reject|a@example.org|dkim=pass header.i=@example.org|fail reject",
        "p=reject|a@example.org|dkim=pass header.d=\"a b\"|fail reject",
        // strict
        "p=reject; adkim=s|a@example.org|dkim=pass header.d=mail.example.org|fail reject",
        "p=reject; aspf=s|a@example.org|spf=pass smtp.mailfrom=x@mail.example.org|fail reject",
        "p=reject; adkim=s|a@example.org|spf=pass smtp.mailfrom=x@mail.example.org|pass none",
        // what the policy says
        "p=quarantine|a@example.org|spf=none|fail quarantine",
        "p=none|a@example.org|spf=none|fail none",
        "p=none; sp=reject|a@example.org|spf=none|fail none",
        "p=none; sp=reject|a@mail.example.org|spf=none|fail reject",
        "p=none; np=reject|a@mail.example.org|spf=none|fail none",
        "p=none; np=reject|a@missing.example.org|spf=none|fail reject",
        "p=reject; t=y|a@example.org|spf=none|fail quarantine policy_test_mode",
        "p=quarantine; t=y|a@example.org|spf=none|fail none policy_test_mode",
        "p=none; t=y|a@example.org|spf=none|fail none",
        "p=reject; pct=0|a@example.org|spf=none|fail reject",
        "sp=reject; rua=mailto:a@example.org|a@example.org|spf=none|fail none",
        "p=reject; sp=x; rua=https://example.org|a@example.org|spf=none|fail none",
        "p=reject; sp=x|a@example.org|spf=none|none none",
        "rua=none|a@mail.example.org|spf=pass smtp.mailfrom=x@example.org|none none",
        // overrides
        "p=reject|a@example.org|dkim=pass header.d=lists.example|fail none mailing_list",
        "p=reject|a@example.org|spf=pass smtp.mailfrom=x@lists.example|fail none mailing_list",
        "p=reject|a@example.org|spf=fail smtp.mailfrom=x@lists.example|fail reject",
        // the name servers were silent
        "p=reject|a@example.org|spf=temperror smtp.mailfrom=x@example.org|temperror quarantine",
        "p=none|a@example.org|dkim=temperror header.d=example.org|temperror none",
        "p=reject|a@example.org|dkim=temperror header.d=evil.example|fail reject",
        "p=reject|a@example.org|dkim=temperror header.d=mail.example.org|temperror quarantine",
        "p=reject; adkim=s|a@example.org|dkim=temperror header.d=mail.example.org|fail reject",
        "p=reject; adkim=s|a@example.org|spf=temperror smtp.mailfrom=x@mail.example.org|temperror quarantine",
        "p=reject; aspf=s|a@example.org|spf=temperror smtp.mailfrom=x@mail.example.org|fail reject"
      })
  void theAuthorsDomainDecides(String policy, String author, String result, String expected) {
    dns.withTxt("_dmarc.example.org", "v=DMARC1; " + policy);
    dns.withAddress("mail.example.org", "192.0.2.9").withAddress("news.example.org", "192.0.2.9");
    assertThat(verdict(from(author, result))).isEqualTo(expected);
    if (expected.startsWith("pass")) {
      assertThat(verdict(from(author, "dkim=none", result, "spf=fail"))).isEqualTo(expected);
    }
  }

  @Test
  void aMailWithoutASenderIsProvenByTheNameInHelo() {
    dns.withTxt("_dmarc.example.org", "v=DMARC1; p=reject");
    MailBuilder mail =
        from("mailer-daemon@example.org", "spf=pass smtp.helo=mx.example.org").fromNobody();
    assertThat(verdict(mail)).isEqualTo("pass none");
  }

  @Test
  void withoutAPolicyNothingHappens() {
    assertThat(verdict(from("a@example.org", "spf=fail"))).isEqualTo("none none");
    assertThat(verdict(from("a@[192.0.2.1]"))).isEqualTo("none -");
    assertThat(verdict(from("a@example.org, b@example.net"))).isEqualTo("permerror -");
    assertThat(verdict(aMail().bareHeader().header("Subject", "x"))).isEqualTo("none -");
  }

  @Test
  void theAdminSaysHowFarPoliciesGo() {
    dns.withTxt("_dmarc.example.org", "v=DMARC1; p=reject");
    dns.withTxt("_dmarc.exempt.example", "v=DMARC1; p=reject");
    MailBuilder mail = from("a@example.org", "spf=none");
    assertThat(verdict(dns, Policy.QUARANTINE, mail)).isEqualTo("fail quarantine local_policy");
    assertThat(verdict(dns, Policy.NONE, mail)).isEqualTo("fail none local_policy");
    assertThat(verdict(from("a@exempt.example"))).isEqualTo("fail none local_policy");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "arc=pass header.d=Sealer.example|i=2; mx.sealer.example; dmarc=pass header.from=example.org|fail none trusted_forwarder",
        "arc=pass header.d=other.example|i=2; mx.sealer.example; dmarc=pass header.from=example.org|fail reject",
        "arc=fail header.d=sealer.example|i=2; mx.sealer.example; dmarc=pass header.from=example.org|fail reject",
        "arc=pass header.d=sealer.example|i=2; mx.sealer.example; dmarc=fail header.from=example.org|fail reject",
        "arc=pass header.d=sealer.example|i=2; mx.sealer.example; dmarc=pass header.from=evil.example|fail reject",
        "arc=pass header.d=sealer.example|(c;) i = 2 (c); mx.sealer.example; dmarc=pass header.from=example.org|fail none trusted_forwarder",
        "arc=pass header.d=sealer.example|i=0; mx.sealer.example; dmarc=pass header.from=example.org|fail reject"
      })
  void whomTheAdminTrustsMayHaveChangedAMailThatPassedThere(
      String result, String sealed, String expected) {
    dns.withTxt("_dmarc.example.org", "v=DMARC1; p=reject");
    MailBuilder mail =
        from("a@example.org", result)
            .header("ARC-Authentication-Results", "i=1; mx.a.example; dmarc=fail")
            .header("ARC-Authentication-Results", sealed);
    assertThat(verdict(mail)).isEqualTo(expected);
  }

  @Test
  void aMailToBeRefusedGoesWhereTheAdminSaysAndNobodyGetsAReport() {
    dns.withTxt("_dmarc.example.org", "v=DMARC1; p=reject");
    assertThatMailet(dmarc(dns, Policy.REJECT))
        .given(from("a@example.org", "spf=none"))
        .goesTo("forged")
        .withAttribute(Mail.FORGED_SENDER, "dmarc")
        .withAttribute(
            "standard.notice",
            "Refused by the DMARC policy of example.org: neither SPF nor DKIM shows that it is from"
                + " there")
        .withAttribute(
            Verdicts.ATTRIBUTE,
            "spf=none\ndmarc=fail (p=reject of example.org, dis=reject) header.from=example.org"
                + " policy.dmarc=reject");
  }

  @Test
  void silenceOfAllNameServersRefusesNothingAndIsShort() {
    SlowDns silent = SlowDns.of(dns, clock, Duration.ofMinutes(1));
    assertThat(verdict(silent, Policy.REJECT, from("a@b.c.d.example.org", "dkim=temperror")))
        .isEqualTo("temperror none");
    assertThat(silent.waited()).isLessThanOrEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void whoIsSilentHimselfDoesNotSilenceThePolicyOfOthers() {
    dns.withTxt("_dmarc.example.org", "v=DMARC1; p=reject");
    MailBuilder burned =
        from("a@example.org", "spf=temperror smtp.mailfrom=x@silent.example")
            .attribute("authentication.silence", "2500");
    assertThat(verdict(burned)).isEqualTo("fail reject");
  }

  @Test
  void aWalkThatIsCutShortRefusesNothing() {
    dns.withTxt("_dmarc.news.example.org", "v=DMARC1; p=reject").failing("_dmarc.example.org", "x");
    assertThat(verdict(from("a@news.example.org", "dkim=pass header.d=example.org")))
        .isEqualTo("temperror quarantine");
    assertThat(verdict(from("a@news.example.org", "dkim=pass header.d=news.example.org")))
        .isEqualTo("pass none");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // Only where two names might be of one organization it has to be known (RFC 9989 §4.10.2).
        "p=reject; adkim=s; aspf=s|dkim=pass header.d=example.org|fail reject",
        "p=reject|spf=none|fail reject",
        "p=reject|spf=pass smtp.mailfrom=x@evil.example|fail reject",
        "p=reject|spf=pass smtp.mailfrom=x@evil.org|temperror quarantine"
      })
  void aWalkThatIsCutShortMattersOnlyWhereItDecides(String policy, String result, String expected) {
    dns.withTxt("_dmarc.news.example.org", "v=DMARC1; " + policy).failing("_dmarc.org", "x");
    assertThat(verdict(from("a@news.example.org", result))).isEqualTo(expected);
  }

  @Test
  void aRecordWithoutAPolicyKeepsThatOfTheParentAway() { // RFC 9989 §4.10.1
    dns.withTxt("_dmarc.example.org", "v=DMARC1; p=reject");
    dns.withTxt("_dmarc.news.example.org", "v=DMARC1; p=block");
    assertThat(verdict(from("a@news.example.org", "spf=none"))).isEqualTo("none none");
    assertThat(verdict(from("a@b.news.example.org", "spf=none"))).isEqualTo("fail reject");
  }

  @Test
  void whetherANameExistsIsAskedAndSilenceIsNoAnswer() { // RFC 9989 §4.7, np
    dns.withTxt("_dmarc.example.org", "v=DMARC1; p=none; sp=quarantine; np=reject");
    dns.withName("b.there.example.org").withName("there.example.org");
    dns.failing("silent.example.org", "x");
    assertThat(verdict(from("a@there.example.org"))).isEqualTo("fail quarantine");
    assertThat(verdict(from("a@missing.example.org"))).isEqualTo("fail reject");
    assertThat(verdict(from("a@silent.example.org"))).isEqualTo("fail quarantine");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // RFC 9989 §B.4.3: two organizations below a public suffix that has a policy.
        "a@giant.bank.example|spf=pass smtp.mailfrom=x@mail.giant.bank.example|pass none",
        "a@giant.bank.example|dkim=pass header.d=mail.mega.bank.example|fail reject",
        "a@mega.bank.example|dkim=pass header.d=mail.mega.bank.example|pass none",
        "a@mega.bank.example|dkim=pass header.d=bank.example|fail quarantine",
        "a@x.mega.bank.example|dkim=pass header.d=bank.example|fail quarantine",
        "a@bank.example|dkim=pass header.d=giant.bank.example|fail none",
        "a@bank.example|dkim=pass header.d=bank.example|pass none",
        // A department with psd=n is an organization of its own.
        "a@mail.own.giant.bank.example|dkim=pass header.d=own.giant.bank.example|pass none",
        "a@mail.own.giant.bank.example|dkim=pass header.d=giant.bank.example|fail quarantine",
        "a@giant.bank.example|dkim=pass header.d=own.giant.bank.example|fail reject"
      })
  void organizationsBelowAPublicSuffixAreStrangers(String author, String result, String expected) {
    dns.withTxt("_dmarc.bank.example", "v=DMARC1; p=none; sp=quarantine; psd=y");
    dns.withTxt("_dmarc.giant.bank.example", "v=DMARC1; p=reject");
    dns.withTxt("_dmarc.own.giant.bank.example", "v=DMARC1; p=quarantine; psd=n");
    assertThat(verdict(from(author, result))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dkim=pass header.d=list.example|fail quarantine mailing_list",
        "spf=pass smtp.mailfrom=x@list.example|fail quarantine mailing_list",
        "spf=pass smtp.helo=list.example|fail reject",
        "dkim=fail header.d=list.example|fail reject"
      })
  void whatAListHandsOnIsNotRefused(String result, String expected) { // RFC 9989 §7.4
    dns.withTxt("_dmarc.example.org", "v=DMARC1; p=reject");
    MailBuilder mail = from("a@example.org", result).header("List-Id", "<talk.list.example>");
    assertThat(verdict(mail)).isEqualTo(expected);
    assertThat(verdict(from("a@example.org", result))).isEqualTo("fail reject");
  }

  @Test
  void signersWithoutEndCostFewLookups() {
    dns.withTxt("_dmarc.example.org", "v=DMARC1; p=reject");
    String[] results = new String[40];
    for (int i = 0; i < results.length; i++) {
      String deep = "a.".repeat(20) + "s" + i + ".example.org";
      dns.withTxt("_dmarc.s" + i + ".example.org", "v=DMARC1; p=none; psd=n");
      results[i] = "dkim=pass header.d=" + deep;
    }
    assertThat(verdict(from("a@example.org", results))).isEqualTo("fail reject");
    assertThat(dns.queries()).hasSizeLessThan(2 + 8 * 8);
  }
}
