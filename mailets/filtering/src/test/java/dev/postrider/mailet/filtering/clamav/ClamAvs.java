package dev.postrider.mailet.filtering.clamav;

import dev.postrider.mailet.filtering.HeaderName;
import dev.postrider.mailet.filtering.OnFailure;
import dev.postrider.mailet.filtering.Treatment;
import dev.postrider.mailet.filtering.daemon.DaemonAddress;
import dev.postrider.mailet.filtering.daemon.Terms;
import dev.postrider.plugin.ByteSize;
import dev.postrider.plugin.service.Elsewhere;
import dev.postrider.plugin.testkit.FixedClock;
import dev.postrider.plugin.testkit.InMemoryDns;
import java.time.Duration;
import java.util.Optional;

/** ClamAv mailets for tests: with times that no healthy test comes near unless said. */
record ClamAvs(
    Treatment found,
    Treatment tooLarge,
    Optional<String> header,
    Duration deadline,
    OnFailure onFailure) {

  static ClamAvs standard() {
    return new ClamAvs(
        Treatment.REFUSE,
        Treatment.MARK,
        Optional.empty(),
        Duration.ofSeconds(20),
        OnFailure.DEFER);
  }

  ClamAvs treating(Treatment one, Treatment other) {
    return new ClamAvs(one, other, header, deadline, onFailure);
  }

  ClamAvs telling(String name) {
    return new ClamAvs(found, tooLarge, Optional.of(name), deadline, onFailure);
  }

  ClamAvs within(Duration time) {
    return new ClamAvs(found, tooLarge, header, time, onFailure);
  }

  ClamAvs open() {
    return new ClamAvs(found, tooLarge, header, deadline, OnFailure.OPEN);
  }

  ClamAv of(DaemonAddress address) {
    return new ClamAv(
        new InMemoryDns(),
        Elsewhere.live(),
        FixedClock.at("2026-11-23T12:00:00Z"),
        System.getLogger("test"),
        address,
        Duration.ofSeconds(5),
        ByteSize.parse("2m"),
        found,
        tooLarge,
        header.map(HeaderName::parse),
        new Terms(deadline, 4, 1_000_000, Duration.ofSeconds(30), onFailure));
  }
}
