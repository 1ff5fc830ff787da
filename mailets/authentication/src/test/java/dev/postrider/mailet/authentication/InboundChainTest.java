package dev.postrider.mailet.authentication;

import static dev.postrider.plugin.testkit.MailBuilder.aMail;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.mailet.authentication.arc.Arc;
import dev.postrider.mailet.authentication.dkim.Dkim;
import dev.postrider.mailet.authentication.dmarc.Dmarc;
import dev.postrider.mailet.authentication.dmarc.Policy;
import dev.postrider.mailet.authentication.lookup.SlowDns;
import dev.postrider.mailet.authentication.sender.FromCheck;
import dev.postrider.mailet.authentication.sender.HeloCheck;
import dev.postrider.mailet.authentication.sender.Iprev;
import dev.postrider.mailet.authentication.sender.OwnDomain;
import dev.postrider.mailet.authentication.sender.SenderDomain;
import dev.postrider.mailet.authentication.spf.Spf;
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
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** All checks of the shipped pipeline in their order. */
class InboundChainTest {

  private final FixedClock clock = FixedClock.at("2026-11-23T12:00:00Z");

  private List<Mailet> chain(Dns dns) {
    FixedDirectory directory = FixedDirectory.of("bob@example.test");
    return List.of(
        new FromCheck(true, true),
        new HeloCheck(
            dns,
            clock,
            directory,
            () -> "mx.example.test",
            Set.of(HeloCheck.Fault.OWN_NAME, HeloCheck.Fault.LITERAL),
            Set.of()),
        new SenderDomain(dns, clock, directory, true, false),
        new Spf(dns, clock, () -> "mx.example.test", Set.of(), false, Duration.ofSeconds(4)),
        new Dkim(dns, clock, 10, 1024),
        new Arc(dns, clock),
        new Dmarc(
            dns,
            clock,
            Policy.REJECT,
            Optional.empty(),
            Optional.empty(),
            Set.of(),
            Set.of(),
            Set.of(),
            true),
        new OwnDomain(directory, OwnDomain.When.UNPROVEN, true, Set.of()),
        new Iprev(dns, clock, Set.of()));
  }

  private Mail through(Dns dns, MailBuilder mail) {
    Mail at = mail.build();
    for (Mailet mailet : chain(dns)) {
      Outcome outcome = mailet.process(at);
      assertThat(outcome).as("outcome of %s", mailet).isInstanceOf(Outcome.Continue.class);
      at = ((Outcome.Continue) outcome).mail();
    }
    return at;
  }

  private static MailBuilder signed(int signatures) {
    MailBuilder mail = aMail();
    for (int i = 0; i < signatures; i++) {
      mail.header(
          "DKIM-Signature",
          "v=1; a=rsa-sha256; d=s" + i + ".example; s=k; h=from; bh=AAAA; b=AAAA");
    }
    return mail;
  }

  @Test
  void silentNameServersCostAMailFourSecondsAndRefuseNothing() {
    SlowDns silent = SlowDns.of(new InMemoryDns(), clock, Duration.ofHours(1));
    Mail mail = through(silent, signed(10));
    assertThat(silent.waited()).isLessThanOrEqualTo(Duration.ofSeconds(4));
    assertThat(mail.attribute("authentication.results").orElseThrow())
        .contains("spf=temperror", "dmarc=temperror", "iprev=temperror");
  }

  @Test
  void anOrdinaryMailCostsFewLookups() {
    InMemoryDns dns = new InMemoryDns();
    dns.withMx("example.org", 10, "client.example.org");
    dns.withTxt("example.org", "v=spf1 mx -all").withAddress("client.example.org", "192.0.2.1");
    dns.withTxt("_dmarc.example.org", "v=DMARC1; p=reject");
    dns.withReverse("192.0.2.1", "client.example.org");
    Mail mail = through(dns, aMail());
    System.out.println("lookups for an ordinary mail: " + dns.queries());
    assertThat(dns.queries()).hasSizeLessThan(12);
    assertThat(mail.attribute(Dmarc.DISPOSITION)).contains("none");
  }
}
