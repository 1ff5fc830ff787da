package dev.postrider.plugin.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.plugin.EmailAddress;
import dev.postrider.plugin.service.DnsAnswer;
import dev.postrider.plugin.service.MxRecord;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FakeServicesTest {

  @Test
  void dnsTellsMissingRecordsFromMissingNamesFromFailures() {
    InMemoryDns dns =
        new InMemoryDns()
            .withMx("Example.org.", 10, "mx.example.org")
            .withNullMx("nomail.example")
            .failing("broken.example", "SERVFAIL");

    assertThat(dns.mx("example.org").records()).containsExactly(new MxRecord(10, "mx.example.org"));
    assertThat(dns.mx("nomail.example").records()).containsExactly(new MxRecord(0, ""));
    assertThat(dns.txt("example.org")).isEqualTo(new DnsAnswer.NoData<String>());
    assertThat(dns.txt("absent.example")).isEqualTo(new DnsAnswer.NoSuchName<String>());
    assertThat(dns.mx("broken.example")).isEqualTo(new DnsAnswer.Failed<MxRecord>("SERVFAIL"));
    assertThat(dns.count("MX", "example.org")).isEqualTo(1);
    assertThat(dns.queries()).hasSize(5);
  }

  @Test
  void dnsFollowsAliasesAndEndsLoops() {
    InMemoryDns dns =
        new InMemoryDns()
            .withAlias("mx.example", "host.example")
            .withAddress("host.example", "192.0.2.7", "2001:db8::7")
            .withAlias("a.example", "b.example")
            .withAlias("b.example", "a.example")
            .withReverse("192.0.2.7", "host.example");

    assertThat(dns.addresses("mx.example").records()).hasSize(2);
    assertThat(dns.addresses("a.example")).isInstanceOf(DnsAnswer.Failed.class);
    assertThat(dns.reverse(InetAddress.ofLiteral("192.0.2.7")).records())
        .containsExactly("host.example");
  }

  @Test
  void theDirectoryKnowsSubaddressesAndCatchAlls() {
    FixedDirectory directory =
        FixedDirectory.of("bob@example.test").withCatchAll("all.test").withDomain("empty.test");

    assertThat(directory.accepts(EmailAddress.parse("BOB+tag@example.test"))).isTrue();
    assertThat(directory.accepts(EmailAddress.parse("carol@example.test"))).isFalse();
    assertThat(directory.accepts(EmailAddress.parse("who@all.test"))).isTrue();
    assertThat(directory.accepts(EmailAddress.parse("who@empty.test"))).isFalse();
    assertThat(directory.isLocalDomain("empty.test")).isTrue();
    assertThat(directory.isLocalDomain("example.net")).isFalse();
  }

  @Test
  void theClockOnlyMovesWhenTold() {
    FixedClock clock = FixedClock.at("2026-11-23T12:00:00Z");
    clock.advance(Duration.ofMinutes(5));
    assertThat(clock.instant()).isEqualTo(Instant.parse("2026-11-23T12:05:00Z"));
  }
}
