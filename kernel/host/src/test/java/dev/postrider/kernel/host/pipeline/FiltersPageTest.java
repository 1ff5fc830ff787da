package dev.postrider.kernel.host.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Loads the listings of {@code dist/docs/filters.md}, and gives filters the answers it names. */
class FiltersPageTest {

  private static final Path PAGE = Path.of("..", "..", "dist", "docs", "filters.md");
  private static final Pattern LISTING = Pattern.compile("(?ms)^```xml\n(.*?)^```$");
  private static final Pattern ANSWER = Pattern.compile("`(<answer to=.*?</answer>)`");

  @TempDir Path home;
  private Workbench workbench;

  @BeforeEach
  void open() {
    workbench =
        new Workbench(
            home,
            workshop ->
                workshop.packInTree("filtering", "dev.postrider.mailet.filtering.FilteringPlugin"));
  }

  @AfterEach
  void close() {
    workbench.close();
  }

  private static List<String> onPage(Pattern pattern) throws IOException {
    return pattern
        .matcher(Files.readString(PAGE, UTF_8))
        .results()
        .map((MatchResult found) -> found.group(1))
        .toList();
  }

  private List<String> problems(String entries, String tests) {
    String pipeline =
        """
        <pipeline><processors>
        <processor state="root">
        %s
        <mailet match="All" class="LocalDelivery"/>
        </processor>
        <processor state="spam"><mailet class="Hold"/></processor>
        <processor state="error"><mailet class="Hold"/></processor>
        </processors>
        %s
        </pipeline>
        """;
    return workbench.problems(pipeline.formatted(entries, tests).split("\n", -1));
  }

  @Test
  void everyListingLoads() throws IOException {
    List<String> listings = onPage(LISTING);
    assertThat(listings).hasSize(5);
    assertThat(listings).allSatisfy(each -> assertThat(problems(each, "")).isEmpty());
  }

  @Test
  void theAnswersOfThePageAreUnderstoodInTests() throws IOException {
    String all = String.join("\n", onPage(LISTING).subList(0, 4));
    String answers = String.join("\n", onPage(ANSWER));
    assertThat(answers).contains("clamd ", "spamd ", "rspamd ", "milter ");
    String test =
        """
        <test name="as the page says">
        %s
        <mail from="a@elsewhere.example" to="bob@example.test"/>
        <expect fate="%s"/>
        </test>
        """;
    assertThat(problems(all, test.formatted(answers, "delivered\" folder=\"Junk"))).isEmpty();
    String infected = answers.replace(">clean<", ">found A.Virus<");
    assertThat(problems(all, test.formatted(infected, "refused\" text=\"holds A.Virus"))).isEmpty();
    assertThat(problems(all, test.formatted("", "deferred"))).isEmpty();
    assertThat(problems(all, test.formatted(infected, "delivered"))).isNotEmpty();
  }
}
