package dev.postrider.mailet.authentication.sender;

import static dev.postrider.plugin.testkit.MailBuilder.aMail;
import static dev.postrider.plugin.testkit.PluginAssertions.assertThatMailet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.mailet.authentication.dmarc.Dmarc;
import dev.postrider.mailet.authentication.lookup.SlowDns;
import dev.postrider.mailet.authentication.results.MethodResult;
import dev.postrider.mailet.authentication.results.Verdicts;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Mailet;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.service.Dns;
import dev.postrider.plugin.testkit.FixedClock;
import dev.postrider.plugin.testkit.FixedDirectory;
import dev.postrider.plugin.testkit.InMemoryDns;
import dev.postrider.plugin.testkit.MailBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SenderChecksTest {

  private final FixedClock clock = FixedClock.at("2026-11-23T12:00:00Z");
  private final InMemoryDns dns = new InMemoryDns();
  private final FixedDirectory directory = FixedDirectory.of("bob@example.test");

  private static List<String> results(Mailet mailet, Mail mail) {
    return Verdicts.of(((Outcome.Continue) mailet.process(mail)).mail()).stream()
        .map(MethodResult::toString)
        .toList();
  }

  private List<String> iprev(Dns names) {
    return results(new Iprev(names, clock, Set.of()), aMail().build());
  }

  @Test
  void aNameThatLeadsBackPasses() {
    dns.withReverse("192.0.2.1", "other.example").withReverse("192.0.2.1", "mail.example.org");
    assertThat(iprev(dns)).containsExactly("iprev=fail (other.example) policy.iprev=192.0.2.1");
    dns.withAddress("mail.example.org", "192.0.2.1");
    assertThat(iprev(dns)).containsExactly("iprev=pass (mail.example.org) policy.iprev=192.0.2.1");
  }

  @Test
  void anAddressWithoutNamesAndAFailureAreToldApart() {
    assertThat(iprev(dns)).containsExactly("iprev=permerror (no name) policy.iprev=192.0.2.1");
    dns.failing("192.0.2.1", "SERVFAIL");
    assertThat(iprev(dns)).containsExactly("iprev=temperror policy.iprev=192.0.2.1");
    assertThatMailet(new Iprev(new InMemoryDns(), clock, Set.of(Iprev.Result.PERMERROR)))
        .given(aMail())
        .refuses("550 5.7.25");
  }

  @Test
  void anAddressWithAThousandNamesCostsFewLookups() {
    for (int i = 0; i < 1000; i++) {
      dns.withReverse("192.0.2.1", "n" + i + ".example");
    }
    assertThat(iprev(dns)).hasSize(1);
    assertThat(dns.queries()).hasSize(6);
  }

  private HeloCheck helo(HeloCheck.Fault... refused) {
    return new HeloCheck(dns, clock, directory, () -> "mx.example.test", Set.of(refused), Set.of());
  }

  @ParameterizedTest
  @CsvSource({
    "mx.example.test, OWN_NAME",
    "MX.EXAMPLE.TEST., OWN_NAME",
    "example.test, OWN_NAME",
    "[192.0.2.2], LITERAL",
    "[IPv6:2001:db8::1], LITERAL",
    "localhost, SYNTAX",
    "under score, SYNTAX",
    "-x.example, SYNTAX",
    "'', SYNTAX",
    "nowhere.example, UNRESOLVED",
    "elsewhere.example, MISMATCH"
  })
  void eachFaultOfANameIsRefusedWhereTheAdminSaysSo(String name, HeloCheck.Fault fault) {
    dns.withAddress("elsewhere.example", "203.0.113.1");
    assertThatMailet(helo(fault)).given(aMail().helo(name)).refuses("550 5.7.1 Your HELO");
    assertThatMailet(helo()).given(aMail().helo(name)).continuesUnchanged();
    assertThat(
            results(
                new HeloCheck(
                    dns, clock, directory, () -> "mx.example.test", Set.of(), Set.of(fault)),
                aMail().helo(name).build()))
        .singleElement()
        .asString()
        .startsWith("x-helo=fail reason=");
  }

  @ParameterizedTest
  @CsvSource({"[192.0.2.1]", "client.example.org", "mail.example.test"})
  void honestNamesPass(String name) {
    dns.withAddress("client.example.org", "192.0.2.1")
        .withAddress("mail.example.test", "192.0.2.1");
    assertThatMailet(helo(HeloCheck.Fault.values())).given(aMail().helo(name)).continuesUnchanged();
  }

  @Test
  void withoutNeedTheDnsIsNotAsked() {
    assertThatMailet(helo(HeloCheck.Fault.OWN_NAME)).given(aMail()).continuesUnchanged();
    assertThat(dns.queries()).isEmpty();
  }

  private SenderDomain domain(Dns names, boolean refuse, boolean defer) {
    return new SenderDomain(names, clock, directory, refuse, defer);
  }

  @Test
  void aSenderWhoCouldGetNoAnswerIsRefused() {
    SenderDomain check = domain(dns, true, false);
    assertThatMailet(check).given(aMail()).refuses("550 5.1.8");
    dns.withName("example.org");
    assertThatMailet(check).given(aMail()).refuses("550 5.1.8");
    dns.withAddress("example.org", "2001:db8::1");
    assertThatMailet(check).given(aMail()).continuesUnchanged();
    dns.withNullMx("example.org");
    assertThatMailet(check).given(aMail()).refuses("550 5.7.27");
    assertThat(results(domain(dns, false, false), aMail().build()))
        .containsExactly("x-sender-domain=fail smtp.mailfrom=example.org");
    dns.withMx("example.org", 10, "mx.example.org");
    assertThatMailet(check).given(aMail()).continuesUnchanged();
  }

  @Test
  void theNullSenderOwnDomainsAndLiteralsAreNotLookedUp() {
    SenderDomain check = domain(dns, true, false);
    assertThatMailet(check).given(aMail().fromNobody()).continuesUnchanged();
    assertThatMailet(check).given(aMail().from("bob@example.test")).continuesUnchanged();
    assertThatMailet(check).given(aMail().from("bob@[192.0.2.1]")).continuesUnchanged();
    assertThat(dns.queries()).isEmpty();
  }

  @Test
  void silenceRefusesNobody() {
    SlowDns silent = SlowDns.of(dns, clock, Duration.ofMinutes(1));
    assertThat(results(domain(silent, true, false), aMail().build()))
        .containsExactly("x-sender-domain=temperror smtp.mailfrom=example.org");
    assertThatMailet(domain(silent, true, true))
        .given(aMail())
        .defers("the sender's domain example.org can't be looked up");
  }

  private OwnDomain own(OwnDomain.When when, String... through) {
    return new OwnDomain(directory, when, true, Set.of(through));
  }

  private static MailBuilder back(String... results) {
    return aMail()
        .from("list-bounces@lists.example.org")
        .bareHeader()
        .header("From", "Bob <bob@example.test>")
        .attribute(Verdicts.ATTRIBUTE, String.join("\n", results));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "spf=pass smtp.mailfrom=x@lists.example.org|false",
        "dkim=pass header.d=example.test|true",
        "dkim=fail header.d=example.test|false",
        "dkim=pass header.d=evil.example|false",
        "dmarc=pass header.from=example.test|true",
        "dmarc=pass header.from=evil.example|false",
        "dmarc=fail header.from=example.test|false",
        "dmarc=temperror header.from=example.test|false",
        "spf=pass smtp.helo=example.test|false",
        "dkim=temperror header.d=evil.example|false",
        "spf=temperror smtp.mailfrom=x@evil.example|false"
      })
  void ownMailComesBackOnlyWhereACheckPasses(String result, boolean taken) {
    if (taken) {
      assertThatMailet(own(OwnDomain.When.UNPROVEN)).given(back(result)).continuesUnchanged();
    } else {
      assertThatMailet(own(OwnDomain.When.UNPROVEN))
          .given(back(result))
          .refuses("550 5.7.1 You may not send for example.test without a login");
    }
    assertThatMailet(own(OwnDomain.When.ALWAYS)).given(back(result)).refuses("550 5.7.1");
  }

  /** Whoever signs for many domains with silent name servers makes every other lookup fail too. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "dkim=temperror header.d=example.test",
        "spf=temperror smtp.mailfrom=x@example.test"
      })
  void silenceRefusesNothingButIsNoProof(String result) {
    assertThatMailet(own(OwnDomain.When.UNPROVEN))
        .given(back("dkim=temperror header.d=silent.example", result))
        .continues()
        .withAttribute(Dmarc.DISPOSITION, "quarantine");
    assertThatMailet(own(OwnDomain.When.UNPROVEN))
        .given(back(result, "dkim=pass header.d=example.test"))
        .continuesUnchanged();
    assertThatMailet(own(OwnDomain.When.NEVER)).given(back(result)).continuesUnchanged();
  }

  @Test
  void aListThatTheAdminNamesBringsItBackWhereItShowsThatItIsTheList() {
    String result = "spf=pass smtp.mailfrom=x@lists.example.org";
    assertThatMailet(own(OwnDomain.When.UNPROVEN, "LISTS.example.org"))
        .given(back(result))
        .continuesUnchanged();
    assertThatMailet(own(OwnDomain.When.UNPROVEN, "lists.example.org"))
        .given(back("spf=softfail smtp.mailfrom=x@lists.example.org"))
        .refuses("550");
  }

  @Test
  void senderAndAuthorBothCount() {
    assertThatMailet(own(OwnDomain.When.UNPROVEN)).given(aMail()).continuesUnchanged();
    assertThatMailet(own(OwnDomain.When.UNPROVEN))
        .given(aMail().from("bob@example.test").bareHeader().header("From", "a@b.example"))
        .refuses("550 5.7.1");
    assertThat(results(own(OwnDomain.When.NEVER), back("spf=none").build()))
        .contains("x-own-domain=fail policy.domain=example.test");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "spf=none|false",
        "spf=pass smtp.mailfrom=x@shop.example.test|true",
        "dkim=pass header.d=shop.example.test|true",
        "dkim=pass header.d=example.test|true",
        "dkim=pass header.d=evil.example|false",
        "dkim=pass header.d=other.example.test|false",
        "dmarc=pass header.from=shop.example.test|true"
      })
  void domainsBelowOursAreInOurNameToo(String result, boolean taken) {
    MailBuilder mail =
        aMail()
            .from("x@elsewhere.example")
            .bareHeader()
            .header("From", "shop@shop.example.test")
            .attribute(Verdicts.ATTRIBUTE, result);
    for (OwnDomain.When when :
        new OwnDomain.When[] {OwnDomain.When.UNPROVEN, OwnDomain.When.ALWAYS}) {
      if (taken) {
        assertThatMailet(own(when)).given(mail).continuesUnchanged();
      } else {
        assertThatMailet(own(when))
            .given(mail)
            .refuses("550 5.7.1 You may not send for shop.example.test without a login");
      }
    }
    assertThatMailet(own(OwnDomain.When.ALWAYS))
        .given(mail.attribute(Verdicts.ATTRIBUTE, "dkim=temperror header.d=example.test"))
        .continues()
        .withAttribute("dmarc.disposition", "quarantine");
    assertThatMailet(new OwnDomain(directory, OwnDomain.When.ALWAYS, false, Set.of()))
        .given(mail)
        .continuesUnchanged();
    assertThatMailet(own(OwnDomain.When.ALWAYS))
        .given(aMail().from("x@test").bareHeader().header("From", "x@notexample.test"))
        .continuesUnchanged();
  }
}
