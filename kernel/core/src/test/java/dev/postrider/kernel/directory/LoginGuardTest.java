package dev.postrider.kernel.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LoginGuardTest {

  private static final InetAddress STRANGER = InetAddress.ofLiteral("192.0.2.1");
  private static final InetAddress OWNER = InetAddress.ofLiteral("198.51.100.7");

  private Instant now = Instant.parse("2026-01-15T12:00:00Z");
  private final LoginGuard guard = new LoginGuard(() -> now, LoginGuardPolicy.defaults());

  @Test
  void three_failures_are_free_then_the_delay_doubles_up_to_a_limit() {
    fail(STRANGER, "bob", 3);
    assertThat(guard.delay(STRANGER, "bob")).isZero();

    fail(STRANGER, "bob", 1);
    assertThat(guard.delay(STRANGER, "bob")).isEqualTo(Duration.ofSeconds(1));
    fail(STRANGER, "bob", 1);
    assertThat(guard.delay(STRANGER, "bob")).isEqualTo(Duration.ofSeconds(2));
    fail(STRANGER, "bob", 60);
    assertThat(guard.delay(STRANGER, "bob")).isEqualTo(Duration.ofMinutes(15));
  }

  @Test
  void the_delay_ends_with_time_and_the_count_after_an_hour() {
    fail(STRANGER, "bob", 5);
    now = now.plusSeconds(2);
    assertThat(guard.delay(STRANGER, "bob")).isZero();

    now = now.plus(Duration.ofMinutes(61));
    fail(STRANGER, "bob", 3);
    assertThat(guard.delay(STRANGER, "bob")).isZero();
  }

  @Test
  void a_network_that_tries_many_accounts_is_slowed_for_all_of_them() {
    for (int i = 0; i < 12; i++) {
      fail(STRANGER, "user" + i, 1);
    }

    assertThat(guard.delay(STRANGER, "somebody-new")).isEqualTo(Duration.ofSeconds(2));
    assertThat(guard.delay(OWNER, "somebody-new")).isZero();
  }

  @Test
  void an_account_tried_from_many_networks_is_slowed_but_not_for_its_owner() {
    guard.succeeded(OWNER, "bob");
    for (int i = 0; i < 30; i++) {
      fail(InetAddress.ofLiteral("203.0.113." + i), "bob", 1);
    }

    assertThat(guard.delay(STRANGER, "bob")).isEqualTo(Duration.ofMinutes(1));
    assertThat(guard.delay(OWNER, "bob")).isZero();
  }

  @Test
  void an_attacker_does_not_wipe_the_count_of_his_network_with_an_account_of_his_own() {
    for (int i = 0; i < 12; i++) {
      fail(STRANGER, "user" + i, 1);
      guard.succeeded(STRANGER, "mallory");
    }

    assertThat(guard.delay(STRANGER, "bob")).isPositive();
  }

  @Test
  void the_addresses_of_one_ipv6_network_count_together() {
    for (int i = 0; i < 12; i++) {
      fail(InetAddress.ofLiteral("2001:db8:1:1::" + i), "user" + i, 1);
    }

    assertThat(guard.delay(InetAddress.ofLiteral("2001:db8:1:1:ffff::1"), "bob")).isPositive();
    assertThat(guard.delay(InetAddress.ofLiteral("2001:db8:1:2::1"), "bob")).isZero();
  }

  @Test
  void a_trusted_network_is_not_slowed_but_the_account_is() {
    InetAddress webmail = InetAddress.ofLiteral("127.0.0.1");
    fail(webmail, "bob", 20);
    assertThat(guard.delay(webmail, "alice")).isZero();
    assertThat(guard.delay(webmail, "bob")).isZero();

    fail(webmail, "bob", 1);
    assertThat(guard.delay(webmail, "bob")).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void what_is_remembered_is_bounded_and_the_oldest_goes_first() {
    LoginGuardPolicy d = LoginGuardPolicy.defaults();
    LoginGuard small =
        new LoginGuard(
            () -> now,
            new LoginGuardPolicy(
                0,
                100,
                100,
                d.firstDelay(),
                d.maxDelay(),
                d.maxAccountDelay(),
                d.forgetAfter(),
                6,
                Set.of()));
    small.failed(STRANGER, "bob");
    assertThat(small.delay(STRANGER, "bob")).isPositive();
    for (int i = 0; i < 10; i++) {
      small.failed(OWNER, "user" + i);
    }

    assertThat(small.delay(STRANGER, "bob")).isZero();
    assertThat(small.delay(OWNER, "user9")).isPositive();
  }

  private void fail(InetAddress client, String account, int times) {
    for (int i = 0; i < times; i++) {
      guard.failed(client, account);
    }
  }
}
