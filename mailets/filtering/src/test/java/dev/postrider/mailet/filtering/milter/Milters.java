package dev.postrider.mailet.filtering.milter;

import dev.postrider.mailet.filtering.OnFailure;
import dev.postrider.mailet.filtering.daemon.DaemonAddress;
import dev.postrider.mailet.filtering.daemon.Terms;
import dev.postrider.plugin.ByteSize;
import dev.postrider.plugin.service.Elsewhere;
import dev.postrider.plugin.testkit.FixedClock;
import dev.postrider.plugin.testkit.InMemoryDns;
import java.time.Duration;
import java.util.Optional;

/** Milter mailets for tests. */
final class Milters {

  private Milters() {}

  /** With times that no healthy test comes near. */
  static Milter patient(DaemonAddress address) {
    return of(address, Duration.ofSeconds(20), Duration.ofSeconds(30), OnFailure.DEFER);
  }

  static Milter of(DaemonAddress address, Duration each, Duration whole, OnFailure onFailure) {
    return new Milter(
        new InMemoryDns().withAddress("milter.test", "127.0.0.1"),
        Elsewhere.live(),
        FixedClock.at("2026-11-23T12:00:00Z"),
        System.getLogger("test"),
        address,
        each,
        each,
        each,
        ByteSize.parse("200k"),
        Optional.of("mail.example.test"),
        new Terms(whole, 4, 3, Duration.ofSeconds(30), onFailure));
  }
}
