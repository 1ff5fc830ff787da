package dev.postrider.kernel.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.kernel.guard.AddressRates.Kind;
import dev.postrider.plugin.Network;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class AddressRatesTest {

  private static final InetAddress STRANGER = InetAddress.ofLiteral("192.0.2.1");

  private Instant now = Instant.parse("2026-01-15T12:00:00Z");
  private final AddressRates rates =
      new AddressRates(
          () -> now,
          Map.of("smtp", new RateLimits(6, 60, 600), "lmtp", new RateLimits(1, 1, 1)),
          List.of(Network.parse("10.0.0.0/8")));

  private int taken(Kind kind, String address, int tries) {
    int taken = 0;
    for (int i = 0; i < tries; i++) {
      taken += rates.take(kind, "smtp", InetAddress.ofLiteral(address)) ? 1 : 0;
    }
    return taken;
  }

  @Test
  void aMinutesWorthMayComeAtOnceThenItComesBackLittleByLittle() {
    assertThat(taken(Kind.CONNECTIONS, "192.0.2.1", 10)).isEqualTo(6);
    now = now.plusSeconds(9);
    assertThat(taken(Kind.CONNECTIONS, "192.0.2.1", 10)).as("not yet").isZero();
    now = now.plusSeconds(1);
    assertThat(taken(Kind.CONNECTIONS, "192.0.2.1", 10)).isEqualTo(1);
    now = now.plus(Duration.ofHours(1));
    assertThat(taken(Kind.CONNECTIONS, "192.0.2.1", 10)).isEqualTo(6);
  }

  @Test
  void kindsListenersAndNetworksAreCountedApart() {
    taken(Kind.CONNECTIONS, "192.0.2.1", 10);
    assertThat(taken(Kind.MESSAGES, "192.0.2.1", 70)).isEqualTo(60);
    assertThat(taken(Kind.CONNECTIONS, "192.0.2.2", 10)).isEqualTo(6);
    assertThat(rates.take(Kind.CONNECTIONS, "lmtp", STRANGER)).isTrue();
    assertThat(rates.take(Kind.CONNECTIONS, "lmtp", STRANGER)).isFalse();
    assertThat(rates.take(Kind.CONNECTIONS, "unlimited", STRANGER)).isTrue();
  }

  @Test
  void allAddressesOfAnIpv6NetworkOfSixtyFourBitsCountAsOne() {
    int taken = 0;
    for (int i = 0; i < 100; i++) {
      taken += taken(Kind.CONNECTIONS, "2001:db8:0:1::" + Integer.toHexString(i), 1);
    }
    assertThat(taken).isEqualTo(6);
    assertThat(taken(Kind.CONNECTIONS, "2001:db8:0:2::1", 10)).isEqualTo(6);
  }

  @Test
  void trustedNetworksAreNotCounted() {
    assertThat(taken(Kind.CONNECTIONS, "10.9.8.7", 1000)).isEqualTo(1000);
  }

  @Test
  void whatIsRefusedIsCounted() {
    taken(Kind.RECIPIENTS, "192.0.2.1", 650);
    assertThat(Objects.requireNonNull(rates.refused().get(Kind.RECIPIENTS)).sum()).isEqualTo(50);
  }

  @Test
  void aClockThatIsSetBackGivesNothing() {
    taken(Kind.CONNECTIONS, "192.0.2.1", 6);
    now = now.minus(Duration.ofDays(1));
    assertThat(taken(Kind.CONNECTIONS, "192.0.2.1", 5)).isZero();
  }

  @Test
  void memoryIsBounded() {
    TokenBuckets<Integer> buckets = new TokenBuckets<>(() -> now, 100);
    for (int i = 0; i < 10_000; i++) {
      buckets.take(i, 1);
    }
    assertThat(buckets.size()).isEqualTo(100);
    assertThat(buckets.take(9_999, 1))
        .as("the latest are kept")
        .isEqualTo(TokenBuckets.Answer.EMPTY);
    assertThat(buckets.take(9_999, 1)).isEqualTo(TokenBuckets.Answer.STILL_EMPTY);
  }
}
