package dev.postrider.mailet.authentication.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.mailet.authentication.results.MethodResult;
import dev.postrider.mailet.authentication.results.Verdicts;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.service.Elsewhere;
import dev.postrider.plugin.testkit.FixedClock;
import dev.postrider.plugin.testkit.MailBuilder;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DkimReplaysTest {

  private final FixedClock clock = FixedClock.at("2026-11-23T12:00:00Z");
  private final DkimReplays mailet =
      new DkimReplays(Elsewhere.live(), clock, 50, Duration.ofDays(1));

  @Test
  void theSameSignatureForAThousandRecipientsIsNoted() {
    int noted = 0;
    for (int i = 0; i < 1_000; i++) {
      noted += seen("example.org", "abcdefgh", "r" + i + "@example.test").isPresent() ? 1 : 0;
    }
    assertThat(noted).isEqualTo(950);
    assertThat(seen("example.org", "ABCDEFGH", "bob@example.test")).as("another one").isEmpty();
    clock.advance(Duration.ofDays(1));
    assertThat(seen("example.org", "abcdefgh", "bob@example.test")).as("a day later").isEmpty();
  }

  @Test
  void memoryIsBounded() {
    SignatureCounts counts = new SignatureCounts(Duration.ofDays(1));
    for (int i = 0; i < 30_000; i++) {
      counts.add("example.org " + i, 1, clock.instant());
    }
    assertThat(counts.size()).isEqualTo(20_000);
  }

  @Test
  void aMailWithoutSignatureIsLeftAlone() {
    Mail mail = MailBuilder.aMail().build();
    assertThat(((Outcome.Continue) mailet.process(mail)).mail()).isEqualTo(mail);
  }

  private Optional<String> seen(String domain, String start, String recipient) {
    MethodResult result =
        MethodResult.of("dkim", "pass").with("header", "d", domain).with("header", "b", start);
    Mail mail = Verdicts.add(MailBuilder.aMail().to(recipient).build(), result);
    return ((Outcome.Continue) mailet.process(mail)).mail().attribute(DkimReplays.ATTRIBUTE);
  }
}
