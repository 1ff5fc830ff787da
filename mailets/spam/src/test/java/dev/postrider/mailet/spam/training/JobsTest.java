package dev.postrider.mailet.spam.training;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postrider.plugin.Content;
import dev.postrider.plugin.testkit.FixedClock;
import dev.postrider.plugin.testkit.InMemoryState;
import java.io.EOFException;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class JobsTest {

  private final InMemoryState state = new InMemoryState();
  private final FixedClock clock = FixedClock.at("2026-11-23T12:00:00Z");

  @Test
  void whatWasLearntIsJudged() throws IOException {
    SpamLearn learn = new SpamLearn(state, clock);
    SpamJudge judge = new SpamJudge(state, clock);
    String spam = mail("Subject: casino\n\nfree chips and jackpots\n");
    String ham = mail("Subject: minutes\n\nsee the agenda of tuesday\n");
    assertThatThrownBy(() -> judge.run(List.of(), content(spam)))
        .hasMessageContaining("has to learn 20 mails of each kind first");
    assertThat(learn.run(List.of("spam"), content(spam.repeat(20)))).isEqualTo("20 0");
    assertThat(learn.run(List.of("ham", "bob@example.test"), content(ham.repeat(20))))
        .isEqualTo("20 20");
    List<Double> probabilities =
        judge.run(List.of(), content(spam + ham)).lines().map(Double::parseDouble).toList();
    assertThat(probabilities).hasSize(2);
    assertThat(probabilities.getFirst()).isGreaterThan(0.9);
    assertThat(probabilities.getLast()).isLessThan(0.1);
    assertThat(judge.run(List.of(), content(""))).isEmpty();
  }

  @Test
  void inputThatIsNoneIsTold() {
    SpamLearn learn = new SpamLearn(state, clock);
    for (String bad : List.of("x", "5", "5 hello", "99999999999\n")) {
      assertThatThrownBy(() -> learn.run(List.of("spam"), content(bad)))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> learn.run(List.of("spam"), content("5\nabc")))
        .isInstanceOf(EOFException.class);
    for (List<String> arguments : List.of(List.<String>of(), List.of("x"), List.of("ham", "x"))) {
      assertThatThrownBy(() -> learn.run(arguments, content("")))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static String mail(String text) {
    return text.length() + "\n" + text;
  }

  private static Content content(String text) {
    return Content.of(text.getBytes(UTF_8));
  }
}
