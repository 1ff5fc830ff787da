package dev.postrider.kernel.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.kernel.guard.SenderRates.Kind;
import dev.postrider.plugin.EmailAddress;
import dev.postrider.plugin.Network;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SenderRatesTest {

  private static final InetAddress STRANGER = InetAddress.ofLiteral("192.0.2.1");
  private static final InetAddress MAIL_HOST = InetAddress.ofLiteral("2001:db8::25");

  private Instant now = Instant.parse("2026-01-15T12:00:00Z");
  private final SenderRates rates =
      new SenderRates(
          () -> now,
          Map.of("smtp", new SenderRateLimits(6, 20, 2), "off", SenderRateLimits.NONE),
          List.of(Network.parse("10.0.0.0/8")));

  private int taken(InetAddress client, String sender, int tries) {
    int taken = 0;
    for (int i = 0; i < tries; i++) {
      taken += rates.take("smtp", client, EmailAddress.parse(sender)).isEmpty() ? 1 : 0;
    }
    return taken;
  }

  @Test
  void anAddressThatFloodsLeavesTheRestOfItsDomainWhatIsTheirs() {
    assertThat(taken(STRANGER, "x@a.example", 1000)).isEqualTo(6);
    assertThat(taken(STRANGER, "y@A.example", 1000)).isEqualTo(6);
    now = now.plusSeconds(10);
    assertThat(taken(STRANGER, "X@a.example", 1000)).isEqualTo(1);
  }

  @Test
  void addressesThatAreMadeUpMeetTheLimitOfTheirDomain() {
    int taken = 0;
    for (int i = 0; i < 100; i++) {
      taken += taken(STRANGER, "bounce-" + i + "@list.example", 1);
    }
    assertThat(taken).isEqualTo(20);
    assertThat(Objects.requireNonNull(rates.refused().get(Kind.SENDER_DOMAIN)).sum()).isEqualTo(80);
  }

  @Test
  void aProvenHostIsCountedApartForADay() {
    rates.prove(MAIL_HOST, EmailAddress.parse("someone@a.example"));
    taken(STRANGER, "x@a.example", 100);
    assertThat(taken(InetAddress.ofLiteral("2001:db8::26"), "x@a.example", 100))
        .as("the same /64")
        .isEqualTo(6);
    now = now.plus(Duration.ofHours(23));
    taken(STRANGER, "x@a.example", 100);
    assertThat(taken(MAIL_HOST, "x@a.example", 100)).isEqualTo(6);
    now = now.plus(Duration.ofHours(1));
    taken(STRANGER, "x@a.example", 100);
    assertThat(taken(MAIL_HOST, "x@a.example", 100)).isZero();
    rates.prove(MAIL_HOST, EmailAddress.parse("someone@b.example"));
    assertThat(taken(MAIL_HOST, "x@a.example", 100)).as("for another domain").isZero();
  }

  @Test
  void trustedNetworksAndListenersWithoutLimitsAreNotCounted() {
    assertThat(taken(InetAddress.ofLiteral("10.1.2.3"), "x@a.example", 1000)).isEqualTo(1000);
    EmailAddress sender = EmailAddress.parse("x@a.example");
    for (int i = 0; i < 1000; i++) {
      assertThat(rates.take("off", STRANGER, sender)).isEmpty();
      assertThat(rates.begin("off", STRANGER, sender)).isPresent();
      assertThat(rates.take("unknown", STRANGER, sender)).isEmpty();
    }
  }

  @Test
  void aTurnThatEndsIsFreeForTheNext() {
    EmailAddress sender = EmailAddress.parse("x@a.example");
    Optional<SenderRates.Turn> first = rates.begin("smtp", STRANGER, sender);
    assertThat(rates.begin("smtp", STRANGER, sender)).isPresent();
    assertThat(rates.begin("smtp", STRANGER, sender)).isEmpty();
    assertThat(rates.begin("smtp", STRANGER, EmailAddress.parse("y@a.example"))).isPresent();
    rates.prove(STRANGER, sender);
    first.orElseThrow().close();
    assertThat(rates.begin("smtp", InetAddress.ofLiteral("192.0.2.2"), sender)).isPresent();
    assertThat(rates.begin("smtp", InetAddress.ofLiteral("192.0.2.2"), sender)).isEmpty();
  }

  @Test
  void aThousandMadeUpSendersDoNotPushOutTheOneThatFloods() {
    TokenBuckets<String> buckets = new TokenBuckets<>(() -> now, 100);
    for (int i = 0; i < 60; i++) {
      buckets.take("flood", 60);
    }
    for (int i = 0; i < 1000; i++) {
      now = now.plusMillis(20);
      buckets.take("made up " + i, 60);
    }
    assertThat(buckets.size()).isEqualTo(100);
    int taken = 0;
    for (int i = 0; i < 60; i++) {
      taken += buckets.take("flood", 60) == TokenBuckets.Answer.TAKEN ? 1 : 0;
    }
    assertThat(taken).as("what came back in 20 seconds").isEqualTo(20);
  }

  @Test
  void provenHostsAreBounded() {
    ProvenHosts hosts = new ProvenHosts(() -> now, 100);
    for (int i = 0; i < 1000; i++) {
      hosts.add("d" + i + ".example", STRANGER);
    }
    assertThat(hosts.size()).isEqualTo(100);
    assertThat(hosts.contains("d999.example", STRANGER)).isTrue();
    assertThat(hosts.contains("d0.example", STRANGER)).isFalse();
  }
}
