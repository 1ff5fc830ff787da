package dev.postrider.mailet.spam.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SpamPageTest {

  @Test
  void thePageListsEveryRuleWithItsPoints() throws IOException {
    String page =
        Files.readString(
            Path.of(System.getProperty("basedir", ""), "..", "..", "dist", "docs", "spam.md"));
    for (Rule rule : Rule.values()) {
      assertThat(page).contains("| `%s` | %s |".formatted(rule.shown(), new Points(rule.points())));
    }
  }
}
