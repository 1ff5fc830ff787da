package dev.postrider.kernel.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.postrider.plugin.EmailAddress;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SenderProfileTest {

  private static final Instant NOW = Instant.parse("2026-01-15T12:00:00Z");
  private static final SenderPolicy POLICY = SenderPolicy.defaults();

  @Test
  void whatIsWrittenIsReadAgain() {
    SenderProfile profile = new SenderProfile(NOW);
    profile.levels = profile.levels.sent(7, 3).failed(2);
    profile.learn(InetAddress.ofLiteral("192.0.2.1"));
    profile.learn(InetAddress.ofLiteral("2001:db8:1:2::3"));
    profile.tellOfLimit(NOW);
    profile.suspect(NOW);

    SenderProfile read = new SenderProfile(Instant.EPOCH);
    read.read(profile.written());
    assertThat(read.levels).isEqualTo(profile.levels);
    assertThat(read.written()).isEqualTo(profile.written());
    assertThat(read.tellOfLimit(NOW.plus(Duration.ofHours(23)))).isFalse();
    assertThat(read.tellOfLimit(NOW.plus(Duration.ofHours(24)))).isTrue();
    assertThat(read.tellOfHold(NOW)).isTrue();
  }

  @Test
  void whatWasSentComesBackWithTime() {
    SenderLevels levels = SenderLevels.none(NOW).sent(100, 100);
    SenderLevels later = levels.at(NOW.plus(Duration.ofHours(1)), POLICY);
    assertThat(later.messages()).isZero();
    assertThat(later.fresh()).isCloseTo(100 - 500 / 24.0, within(0.01));
    assertThat(later.hour()).isCloseTo(100 / Math.E, within(0.01));
    assertThat(levels.at(NOW.minus(Duration.ofDays(1)), POLICY).fresh())
        .as("a clock that is set back gives nothing")
        .isEqualTo(100);
  }

  @Test
  void whoIsWrittenToIsKnownByAnyCaseOfTheDomainAndTheOldestAreForgottenFirst() {
    SenderProfile profile = new SenderProfile(NOW);
    for (int i = 0; i < SenderProfile.MOST_KNOWN + 10; i++) {
      profile.known.put(
          SenderProfile.hash(EmailAddress.parse("x" + i + "@remote.example")), i / 10);
    }
    assertThat(profile.forget()).hasSize(10);
    assertThat(profile.known).hasSize(SenderProfile.MOST_KNOWN);
    assertThat(profile.news(Set.of(EmailAddress.parse("x5@remote.example")))).isEqualTo(1);
    assertThat(profile.news(Set.of(EmailAddress.parse("x10@REMOTE.example")))).isZero();
  }
}
