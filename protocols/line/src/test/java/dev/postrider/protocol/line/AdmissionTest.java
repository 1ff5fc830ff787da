package dev.postrider.protocol.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AdmissionTest {
  private final Admission admission =
      new Admission(new ConnectionLimits(4, 2), Networks.parse("10.0.0.0/8"));

  @Test
  void anAddressHasItsLimitAndGetsItBackWhenItLeaves() {
    InetAddress stranger = InetAddress.ofLiteral("192.0.2.1");
    assertThat(admission.enter(stranger)).isTrue();
    assertThat(admission.enter(stranger)).isTrue();
    assertThat(admission.enter(stranger)).isFalse();
    admission.leave(stranger);
    assertThat(admission.enter(stranger)).isTrue();
    assertThat(admission.open()).isEqualTo(2);
  }

  @Test
  void aTrustedNetworkOnlyHasTheLimitOfAll() {
    InetAddress friend = InetAddress.ofLiteral("10.1.2.3");
    for (int i = 0; i < 4; i++) {
      assertThat(admission.enter(friend)).isTrue();
    }
    assertThat(admission.enter(friend)).isFalse();
  }

  @Test
  void anIpv6NetworkOfSixtyFourBitsCountsAsOne() {
    assertThat(admission.enter(InetAddress.ofLiteral("2001:db8::1"))).isTrue();
    assertThat(admission.enter(InetAddress.ofLiteral("2001:db8::2"))).isTrue();
    assertThat(admission.enter(InetAddress.ofLiteral("2001:db8::ffff:3"))).isFalse();
    assertThat(admission.enter(InetAddress.ofLiteral("2001:db8:0:1::1"))).isTrue();
  }

  @Test
  void whenMostPlacesAreTakenStrangersHaveToHurry() {
    Admission crowd = new Admission(new ConnectionLimits(10, 100), Networks.parse("10.0.0.0/8"));
    Duration usual = Duration.ofMinutes(5);
    InetAddress stranger = InetAddress.ofLiteral("192.0.2.1");
    for (int i = 0; i < 8; i++) {
      crowd.enter(stranger);
    }
    assertThat(crowd.patience(usual, false)).isEqualTo(usual);
    crowd.enter(stranger);
    assertThat(crowd.patience(usual, false)).isEqualTo(Duration.ofSeconds(10));
    assertThat(crowd.patience(usual, true)).isEqualTo(usual);
    assertThat(crowd.patience(Duration.ofSeconds(5), false)).isEqualTo(Duration.ofSeconds(5));
    crowd.leave(stranger);
    assertThat(crowd.patience(usual, false)).isEqualTo(usual);
  }
}
