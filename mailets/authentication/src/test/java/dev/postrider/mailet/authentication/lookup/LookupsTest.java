package dev.postrider.mailet.authentication.lookup;

import static dev.postrider.plugin.testkit.MailBuilder.aMail;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.plugin.Mail;
import dev.postrider.plugin.service.DnsAnswer;
import dev.postrider.plugin.testkit.FixedClock;
import dev.postrider.plugin.testkit.InMemoryDns;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LookupsTest {

  private final FixedClock clock = FixedClock.at("2026-11-23T12:00:00Z");
  private final InMemoryDns names = new InMemoryDns().withTxt("a.example", "yes");

  @Test
  void silenceIsWaitedForOnceAndNotInEveryMailet() {
    SlowDns silent = SlowDns.of(names, clock, Duration.ofHours(1));
    Mail mail = aMail().build();
    for (int mailet = 0; mailet < 5; mailet++) {
      Lookups lookups = Lookups.of(silent, clock, mail);
      for (int i = 0; i < 20; i++) {
        assertThat(lookups.txt("a.example")).isInstanceOf(DnsAnswer.Failed.class);
      }
      mail = lookups.noted(mail);
    }
    assertThat(silent.waited()).isEqualTo(Lookups.ALL.minus(Lookups.RESERVE));
    assertThat(silent.waits()).containsExactly(Lookups.ONE, Duration.ofMillis(500));
    assertThat(mail.attribute(Lookups.ATTRIBUTE)).contains("2500");
    Lookups last = Lookups.deciding(silent, clock, mail);
    assertThat(last.txt("a.example")).isInstanceOf(DnsAnswer.Failed.class);
    assertThat(last.txt("a.example")).isInstanceOf(DnsAnswer.Failed.class);
    assertThat(silent.waited()).isEqualTo(Lookups.ALL);
    assertThat(Lookups.deciding(names, clock, mail).txt("a.example").records()).hasSize(1);
  }

  @Test
  void answersThatComeCostNothingOfIt() {
    SlowDns slow = SlowDns.of(names, clock, Duration.ofMillis(1500));
    Lookups lookups = Lookups.of(slow, clock, aMail().build());
    for (int i = 0; i < 2; i++) {
      assertThat(lookups.txt("a.example").records()).containsExactly("yes");
      assertThat(lookups.ipv4("b.example")).isInstanceOf(DnsAnswer.NoSuchName.class);
    }
    assertThat(lookups.asked()).isEqualTo(4);
    assertThat(lookups.noted(aMail().build()).attribute(Lookups.ATTRIBUTE)).isEmpty();
    assertThat(lookups.txt("a.example")).isInstanceOf(DnsAnswer.Failed.class);
    assertThat(slow.waited()).isEqualTo(Lookups.MAILET);
  }

  @Test
  void aNoteThatIsNoNumberMeansThatNothingIsWaited() {
    Mail mail = aMail().attribute(Lookups.ATTRIBUTE, "soon").build();
    assertThat(Lookups.of(names, clock, mail).txt("a.example"))
        .isInstanceOf(DnsAnswer.Failed.class);
    assertThat(names.queries()).isEmpty();
  }
}
