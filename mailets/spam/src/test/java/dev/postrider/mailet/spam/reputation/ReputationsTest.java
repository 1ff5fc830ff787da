package dev.postrider.mailet.spam.reputation;

import static dev.postrider.plugin.testkit.MailBuilder.aMail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.postrider.mailet.spam.classifier.Classifier;
import dev.postrider.mailet.spam.memory.Key;
import dev.postrider.mailet.spam.memory.Memory;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.testkit.FixedClock;
import dev.postrider.plugin.testkit.InMemoryState;
import dev.postrider.plugin.testkit.MailBuilder;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReputationsTest {

  private final InMemoryState state = new InMemoryState();
  private final FixedClock clock = FixedClock.at("2026-11-23T12:00:00Z");
  private final Reputations reputations = new Reputations(state, clock);

  @Test
  void whoSendsOneKindOnlyIsKnownForIt() {
    Mail bad = from("spf=pass smtp.mailfrom=a@bad.example").from("a@bad.example").build();
    Mail good = from("dkim=pass header.d=good.example header.s=x").client("198.51.100.1").build();
    assertThat(reputations.of(bad)).isZero();
    for (int i = 0; i < 20; i++) {
      reputations.note(bad, false, 1);
      reputations.note(good, true, 1);
    }
    assertThat(reputations.of(bad)).isGreaterThan(0.7);
    assertThat(reputations.of(good)).isLessThan(-0.7);
    assertThat(reputations.of(from("").client("203.0.113.77").build())).isGreaterThan(0.7);
    Mail elsewhere = from("dkim=pass header.d=bad.example").client("198.51.100.200").build();
    assertThat(reputations.of(elsewhere)).isBetween(0.0, 0.8);
  }

  @Test
  void aStormOfNewNamesMakesNobodyForgotten() {
    Mail known = from("").build();
    for (int i = 0; i < 8; i++) {
      reputations.note(known, true, 0.25);
    }
    reputations.write();
    double before = reputations.of(known);
    clock.advance(Duration.ofHours(1));
    long key = Key.of("network", Key.network(known.client().address()).toString());
    Memory memory = Reputations.memory(state, clock);
    for (int i = 1; i <= 2 * Memory.ROWS; i++) {
      memory.put(key ^ i, Standing.NONE.plus(0.25, true).row(memory.minute()));
    }
    memory.write();
    assertThat(before).isNegative();
    assertThat(new Reputations(state, clock).of(known)).isCloseTo(before, within(0.01));
  }

  @Test
  void aNameThatNobodyVouchesForIsNotCounted() {
    for (String results :
        List.of(
            "spf=fail smtp.mailfrom=a@victim.example",
            "spf=fail smtp.mailfrom=a@victim.example\nspf=pass smtp.helo=evil.example")) {
      Mail forged = from(results).from("a@victim.example").build();
      for (int i = 0; i < 50; i++) {
        reputations.note(forged, false, 1);
      }
    }
    Mail real =
        from("spf=pass smtp.mailfrom=a@victim.example")
            .from("a@victim.example")
            .client("192.0.2.1")
            .build();
    assertThat(reputations.of(real)).isZero();
  }

  @Test
  void afterTheHalfLifeAMailCountsHalf() {
    Mail mail = from("").build();
    for (int i = 0; i < 5; i++) {
      reputations.note(mail, false, 1);
    }
    assertThat(reputations.of(mail)).isBetween(0.49, 0.51);
    clock.advance(Duration.ofDays(14));
    assertThat(reputations.of(mail)).isBetween(0.32, 0.34);
    clock.advance(Duration.ofDays(365));
    assertThat(reputations.of(mail)).isLessThan(0.01);
  }

  @Test
  void aHoneypotTeachesAndLowersReputation() {
    Mail trapped = from("").body("cheap pills").build();
    assertThat(new Honeypot(state, clock).process(trapped))
        .isEqualTo(new Outcome.Discard("honeypot"));
    assertThat(new Classifier(state, clock).learnt()).isEqualTo(new Classifier.Learnt(1, 0));
    assertThat(new Reputations(state, clock).of(trapped)).isGreaterThan(0.3);
  }

  @Test
  void oneNetworkTeachesAHoneypotAFewMailsADay() {
    Honeypot honeypot = new Honeypot(state, clock);
    for (int i = 0; i < 50; i++) {
      assertThat(honeypot.process(from("").body("minutes of the meeting " + i).build()))
          .isEqualTo(new Outcome.Discard("honeypot"));
    }
    assertThat(new Classifier(state, clock).learnt())
        .isEqualTo(new Classifier.Learnt(Honeypot.OF_NETWORK, 0));
    assertThat(new Reputations(state, clock).of(from("").build())).isLessThan(0.8);
    clock.advance(Duration.ofDays(1));
    new Honeypot(state, clock).process(from("").build());
    assertThat(new Classifier(state, clock).learnt().spam()).isEqualTo(Honeypot.OF_NETWORK + 1);
  }

  @Test
  void aHerdTeachesAHoneypotNoMoreThanThatADay() {
    Honeypot honeypot = new Honeypot(state, clock);
    for (int i = 0; i < Honeypot.OF_ALL + 50; i++) {
      honeypot.process(from("").client("203.0." + i + ".9").build());
    }
    assertThat(new Classifier(state, clock).learnt().spam()).isEqualTo(Honeypot.OF_ALL);
    assertThat(new Reputations(state, clock).of(from("").client("203.0.140.9").build()))
        .isGreaterThan(0.3);
  }

  @Test
  void mailOfWhoIsKnownForWantedMailIsNoLessonOfAHoneypot() {
    Mail newsletter =
        from("dkim=pass header.d=good.example header.s=x").body("news of the week").build();
    for (int i = 0; i < 50; i++) {
      reputations.note(newsletter, true, 1);
    }
    reputations.write();
    double before = reputations.of(newsletter);
    new Honeypot(state, clock).process(newsletter);
    assertThat(new Classifier(state, clock).learnt().spam()).isZero();
    assertThat(new Reputations(state, clock).of(newsletter)).isGreaterThan(before);
  }

  private static MailBuilder from(String results) {
    return aMail().client("203.0.113.9").attribute("authentication.results", results);
  }
}
