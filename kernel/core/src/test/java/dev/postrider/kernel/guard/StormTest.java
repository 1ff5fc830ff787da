package dev.postrider.kernel.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.kernel.directory.LoginGuard;
import dev.postrider.kernel.directory.LoginGuardPolicy;
import dev.postrider.kernel.state.PluginStates;
import dev.postrider.plugin.Network;
import dev.postrider.plugin.testkit.Cost;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Networks without number that each come a few times fill no memory and take no time. */
class StormTest {

  private static final int STORM = 60_000;
  private static final int MB = 1 << 20;

  private final InstantSource clock = () -> Instant.parse("2026-01-15T12:00:00Z");

  private interface Guest {
    void of(InetAddress network, int number);
  }

  private static InetAddress network(int number) {
    try {
      byte[] octets = ByteBuffer.allocate(16).putInt(0x20010db8).putInt(number).array();
      return InetAddress.getByAddress(octets);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void storm(String name, Guest guest) {
    long before = live();
    Cost cost =
        Cost.of(
            () -> {
              for (int i = 0; i < STORM; i++) {
                guest.of(network(i), i);
              }
            });
    long kept = live() - before;
    System.out.printf("%s, %,d networks: %s, %d MB kept%n", name, STORM, cost, kept / MB);
    assertThat(kept).as(name).isLessThan(64L * MB);
    cost.within(Duration.ofSeconds(5), 1500L * MB);
  }

  private static long live() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  @Test
  void guessedPasswords() {
    LoginGuard guard = new LoginGuard(clock, LoginGuardPolicy.defaults());
    storm(
        "guessed passwords",
        (network, i) -> {
          guard.failed(network, "user" + i + "@example.test");
          guard.delay(network, "bob@example.test");
        });
    assertThat(guard.delay(network(STORM - 1), "nobody")).isZero();
  }

  @Test
  void offences() {
    Bans bans =
        new Bans(
            clock,
            BanPolicy.defaults(),
            new BanRows(PluginStates.forgotten().of(BanRows.OWNER)),
            Runnable::run);
    Network byHand = Network.parse("192.0.2.0/24");
    assertThat(bans.ban(byHand, Duration.ofDays(30), "by hand")).isPresent();
    storm(
        "offences and bans",
        (network, _) -> {
          bans.offend(network, Offence.EARLY_TALK);
          bans.offend(network, Offence.EARLY_TALK);
          bans.isBanned(network);
        });
    assertThat(bans.list()).hasSize(10_000).extracting(Ban::network).contains(byHand);
  }

  @Test
  void rates() {
    RateLimits limits = new RateLimits(10, 10, 10);
    AddressRates rates = new AddressRates(clock, Map.of("smtp", limits), List.of());
    storm("rates", (network, _) -> rates.take(AddressRates.Kind.MESSAGES, "smtp", network));
  }
}
