package dev.postrider.kernel.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.kernel.state.PluginStates;
import dev.postrider.plugin.Network;
import dev.postrider.plugin.service.PluginState;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class BansTest {

  private static final InetAddress BAD = InetAddress.ofLiteral("192.0.2.1");
  private static final InetAddress GOOD = InetAddress.ofLiteral("192.0.2.2");

  private Instant now = Instant.parse("2026-01-15T12:00:00Z");
  private final PluginState state = PluginStates.forgotten().of(BanRows.OWNER);
  private Bans bans = restarted();

  private Bans restarted() {
    return new Bans(() -> now, BanPolicy.defaults(), new BanRows(state), Runnable::run);
  }

  private void offend(InetAddress client, Offence offence, int times) {
    for (int i = 0; i < times; i++) {
      bans.offend(client, offence);
    }
  }

  @Test
  void offencesAddUpToABanOfTheirNetworkAlone() {
    offend(BAD, Offence.FAILED_LOGIN, 9);
    assertThat(bans.isBanned(BAD)).isFalse();
    offend(BAD, Offence.EARLY_TALK, 1);
    assertThat(bans.isBanned(BAD)).isTrue();
    assertThat(bans.isBanned(GOOD)).isFalse();
    assertThat(bans.list())
        .singleElement()
        .extracting(Ban::reason)
        .asString()
        .contains("early talk");
  }

  @Test
  void pointsDecaySoThatWhatIsSpreadOutIsNoBan() {
    for (int day = 0; day < 50; day++) {
      offend(BAD, Offence.FAILED_LOGIN, 4);
      now = now.plus(Duration.ofHours(1));
    }
    assertThat(bans.isBanned(BAD)).isFalse();
  }

  @Test
  void goodMailMakesUpForUnknownRecipients() {
    for (int i = 0; i < 500; i++) {
      bans.offend(GOOD, Offence.UNKNOWN_RECIPIENT);
      bans.credit(GOOD);
    }
    assertThat(bans.isBanned(GOOD)).isFalse();
  }

  @Test
  void aBanEndsAndTheNextOneIsTwiceAsLongUpToALimit() {
    Duration expected = Duration.ofMinutes(10);
    for (int i = 0; i < 12; i++) {
      offend(BAD, Offence.EARLY_TALK, 2);
      now = now.plus(expected).minusSeconds(1);
      assertThat(bans.isBanned(BAD)).as("ban %d", i).isTrue();
      now = now.plusSeconds(1);
      assertThat(bans.isBanned(BAD)).as("ban %d", i).isFalse();
      Duration twice = expected.multipliedBy(2);
      expected = twice.compareTo(Duration.ofDays(1)) > 0 ? Duration.ofDays(1) : twice;
    }
    now = now.plus(Duration.ofDays(7));
    offend(BAD, Offence.EARLY_TALK, 2);
    now = now.plus(Duration.ofMinutes(10));
    assertThat(bans.isBanned(BAD)).as("the first one again").isFalse();
  }

  @Test
  void allOfAnIpv6NetworkIsBannedTogether() {
    offend(InetAddress.ofLiteral("2001:db8:0:1::1"), Offence.EARLY_TALK, 2);
    assertThat(bans.isBanned(InetAddress.ofLiteral("2001:db8:0:1:ffff::2"))).isTrue();
    assertThat(bans.isBanned(InetAddress.ofLiteral("2001:db8:0:2::1"))).isFalse();
  }

  @Test
  void trustedNetworksAreNeverBanned() {
    InetAddress local = InetAddress.ofLiteral("127.0.0.1");
    offend(local, Offence.EARLY_TALK, 100);
    assertThat(bans.isBanned(local)).isFalse();
    assertThat(bans.ban(Network.parse("127.0.0.1"), Duration.ofDays(1), "x")).isEmpty();
    assertThat(bans.ban(Network.parse("0.0.0.0/0"), Duration.ofDays(1), "x")).isEmpty();
  }

  @Test
  void aRestartForgivesNoBanAndALiftedOneStaysLifted() {
    offend(BAD, Offence.EARLY_TALK, 2);
    bans.ban(Network.parse("198.51.100.0/24"), Duration.ofDays(3), "a\nnuisance");
    bans = restarted();
    assertThat(bans.isBanned(BAD)).isTrue();
    assertThat(bans.isBanned(InetAddress.ofLiteral("198.51.100.200"))).isTrue();
    assertThat(bans.isBanned(InetAddress.ofLiteral("198.51.101.1"))).isFalse();
    assertThat(bans.lift(Network.parse("192.0.2.1"))).isTrue();
    assertThat(bans.lift(Network.parse("192.0.2.1"))).isFalse();
    bans = restarted();
    assertThat(bans.isBanned(BAD)).isFalse();
    now = now.plus(Duration.ofDays(3));
    assertThat(bans.isBanned(InetAddress.ofLiteral("198.51.100.200"))).isFalse();
  }

  @Test
  void whatCantBeReadIsLeftOut() {
    state.put("nonsense", "x".getBytes(StandardCharsets.UTF_8));
    state.put("192.0.2.9/32", "soon\nx\ny".getBytes(StandardCharsets.UTF_8));
    assertThat(restarted().list()).isEmpty();
  }

  @Test
  void storeAndMemoryAreBounded() {
    for (int i = 0; i < 10_100; i++) {
      InetAddress each = InetAddress.ofLiteral("10.0." + (i >> 8) + "." + (i & 255));
      offend(each, Offence.EARLY_TALK, 2);
    }
    assertThat(bans.list()).hasSize(10_000);
    assertThat(state.keys("", "", 20_000)).hasSize(10_000);
  }
}
