package dev.postrider.mailet.filtering.spamassassin;

import dev.postrider.mailet.filtering.HeaderName;
import dev.postrider.mailet.filtering.OnFailure;
import dev.postrider.mailet.filtering.Score;
import dev.postrider.mailet.filtering.Treatment;
import dev.postrider.mailet.filtering.daemon.DaemonAddress;
import dev.postrider.mailet.filtering.daemon.Terms;
import dev.postrider.plugin.ByteSize;
import dev.postrider.plugin.service.Elsewhere;
import dev.postrider.plugin.testkit.FixedClock;
import dev.postrider.plugin.testkit.InMemoryDns;
import java.time.Duration;
import java.util.Optional;

/** SpamAssassin mailets for tests: with times that no healthy test comes near unless said. */
record SpamAssassins(
    Optional<String> threshold,
    Treatment spam,
    Optional<String> refuseAt,
    Duration deadline,
    OnFailure onFailure) {

  static SpamAssassins standard() {
    return new SpamAssassins(
        Optional.empty(),
        Treatment.MARK,
        Optional.empty(),
        Duration.ofSeconds(20),
        OnFailure.DEFER);
  }

  SpamAssassins from(String score) {
    return new SpamAssassins(Optional.of(score), spam, refuseAt, deadline, onFailure);
  }

  SpamAssassins treating(Treatment treatment, String refusal) {
    return new SpamAssassins(threshold, treatment, Optional.of(refusal), deadline, onFailure);
  }

  SpamAssassins within(Duration time) {
    return new SpamAssassins(threshold, spam, refuseAt, time, onFailure);
  }

  SpamAssassins open() {
    return new SpamAssassins(threshold, spam, refuseAt, deadline, OnFailure.OPEN);
  }

  SpamAssassin of(DaemonAddress address) {
    return new SpamAssassin(
        new InMemoryDns(),
        Elsewhere.live(),
        FixedClock.at("2026-11-23T12:00:00Z"),
        System.getLogger("test"),
        address,
        Duration.ofSeconds(5),
        Optional.of("nobody"),
        ByteSize.parse("100k"),
        threshold.map(Score::parse),
        spam,
        refuseAt.map(Score::parse),
        Optional.of(HeaderName.parse("X-Spam-Status")),
        new Terms(deadline, 4, 1_000_000, Duration.ofSeconds(30), onFailure));
  }
}
