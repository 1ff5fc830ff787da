package dev.postrider.mailet.spam.greylist;

import static dev.postrider.plugin.testkit.MailBuilder.aMail;
import static dev.postrider.plugin.testkit.PluginAssertions.assertThatMailet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postrider.mailet.spam.memory.Memory;
import dev.postrider.mailet.spam.memory.Row;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.service.Elsewhere;
import dev.postrider.plugin.testkit.FixedClock;
import dev.postrider.plugin.testkit.InMemoryState;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class GreylistTest {

  private static final System.Logger LOG = System.getLogger("test");

  private final InMemoryState state = new InMemoryState();
  private final FixedClock clock = FixedClock.at("2026-11-23T12:00:00Z");
  private final Mail first =
      aMail().client("203.0.113.9").from("a@x.example").to("bob@example.test").build();
  private final Mail neighbour =
      aMail().client("203.0.113.200").from("a@x.example").to("bob@example.test").build();

  @Test
  void aFirstMailHasToComeAgainFromItsNetwork() {
    Greylist greylist = greylist();
    assertThat(passes(greylist, first)).isFalse();
    clock.advance(Duration.ofMinutes(2));
    assertThat(greylist.process(neighbour))
        .isInstanceOfSatisfying(
            Outcome.Refuse.class,
            refused ->
                assertThat(refused.status())
                    .hasToString("451 4.7.1 Not seen before; please try again in 3 minutes"));
    clock.advance(Duration.ofMinutes(3));
    assertThat(passes(greylist, neighbour)).isTrue();
    clock.advance(Duration.ofDays(39));
    assertThat(passes(greylist, first)).isTrue();
    clock.advance(Duration.ofDays(41));
    assertThat(passes(greylist, first)).isFalse();
  }

  @Test
  void whoComesTooLateBeginsAnew() {
    Greylist greylist = greylist();
    assertThat(passes(greylist, first)).isFalse();
    clock.advance(Duration.ofDays(3));
    assertThat(passes(greylist, first)).isFalse();
    clock.advance(Duration.ofMinutes(5));
    assertThat(passes(greylist, first)).isTrue();
  }

  @Test
  void anotherSenderRecipientOrNetworkIsAnotherFirst() {
    Greylist greylist = greylist();
    passes(greylist, first);
    clock.advance(Duration.ofMinutes(6));
    assertThat(
            passes(
                greylist,
                aMail().client("203.0.113.9").from("b@x.example").to("bob@example.test").build()))
        .isFalse();
    assertThat(
            passes(
                greylist,
                aMail().client("203.0.114.9").from("a@x.example").to("bob@example.test").build()))
        .isFalse();
    assertThat(
            passes(
                greylist,
                aMail().client("203.0.113.9").from("a@x.example").to("eve@example.test").build()))
        .isFalse();
    assertThat(
            passes(
                greylist,
                aMail().client("2001:db8::1").fromNobody().to("bob@example.test").build()))
        .isFalse();
    assertThat(passes(greylist, first)).isTrue();
  }

  @Test
  void validSpfAndCorrespondentsGoThroughAtOnce() {
    Greylist greylist = greylist();
    assertThat(
            passes(
                greylist,
                aMail()
                    .attribute("authentication.results", "spf=pass smtp.mailfrom=a@b.example")
                    .build()))
        .isTrue();
    String helo = "spf=fail smtp.mailfrom=a@b.example\nspf=pass smtp.helo=c.example";
    assertThat(passes(greylist, aMail().attribute("authentication.results", helo).build()))
        .isFalse();
    assertThat(passes(greylist, aMail().attribute("authentication.results", "spf=passed").build()))
        .isFalse();
    RememberCorrespondents remember =
        new RememberCorrespondents(state, clock, Elsewhere.live(), LOG);
    assertThatMailet(remember)
        .given(aMail().from("bob@example.test").to("A@x.example"))
        .continuesUnchanged();
    clock.advance(Duration.ofMinutes(1));
    remember.process(aMail().from("bob@example.test").to("c@x.example").build());
    assertThat(passes(greylist(), first)).isTrue();
  }

  @Test
  void whatIsKnownOutlivesARestart() {
    passes(greylist(), first);
    Greylist greylist = greylist();
    passes(greylist, first);
    clock.advance(Duration.ofMinutes(6));
    passes(greylist, aMail().client("198.51.100.1").build());
    assertThat(passes(greylist(), first)).isTrue();
  }

  @Test
  void aStormOfForgedSendersDelaysNobodyWhoCameAgain() {
    Greylist greylist = greylist();
    passes(greylist, first);
    clock.advance(Duration.ofMinutes(6));
    assertThat(passes(greylist, first)).isTrue();
    long key = Greylist.key(first, first.recipients().getFirst().address());
    Memory memory = Greylist.memory(state, clock);
    clock.advance(Duration.ofHours(1));
    for (int i = 1; i <= 2 * Memory.ROWS; i++) {
      memory.put(key ^ i, new Row(memory.minute(), 0, memory.minute()));
    }
    memory.write();
    assertThat(passes(greylist(), first)).isTrue();
  }

  @Test
  void timesWithinWhichNobodyCouldComeAgainAreRefused() {
    assertThatThrownBy(() -> greylist(Duration.ofDays(3), Duration.ofDays(40)))
        .hasMessage("the delay has to be shorter than the window");
    assertThatThrownBy(() -> greylist(Duration.ofMinutes(5), Duration.ZERO))
        .hasMessage("keep is at least as long as the window, and at most 3650d");
    assertThatThrownBy(() -> greylist(Duration.ofMinutes(5), Duration.ofDays(100_000)))
        .hasMessage("keep is at least as long as the window, and at most 3650d");
  }

  private Greylist greylist() {
    return greylist(Duration.ofMinutes(5), Duration.ofDays(40));
  }

  private Greylist greylist(Duration delay, Duration keep) {
    return new Greylist(state, clock, Elsewhere.live(), LOG, delay, Duration.ofDays(2), keep, true);
  }

  private static boolean passes(Greylist greylist, Mail mail) {
    return greylist.process(mail) instanceof Outcome.Continue;
  }
}
