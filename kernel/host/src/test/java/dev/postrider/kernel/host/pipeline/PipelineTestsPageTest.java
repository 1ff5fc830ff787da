package dev.postrider.kernel.host.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The test that {@code dist/docs/pipeline.md} shows holds for the shipped pipeline. */
class PipelineTestsPageTest {

  private static final Path DIST = Path.of(System.getProperty("postrider.root", "../.."), "dist");
  private static final Pattern LISTING =
      Pattern.compile("```xml\n(<test.*?</test>)\n```", Pattern.DOTALL);

  @TempDir Path home;

  @Test
  void the_test_of_the_page_holds() throws IOException {
    Matcher listing = LISTING.matcher(Files.readString(DIST.resolve("docs/pipeline.md"), UTF_8));
    assertThat(listing.find()).isTrue();
    String shipped = Files.readString(DIST.resolve("conf/pipeline.xml"), UTF_8);
    try (Workbench workbench = new Workbench(home)) {
      String[] lines =
          shipped.replace("</pipeline>", listing.group(1) + "\n</pipeline>").split("\n", -1);
      assertThat(workbench.problems(lines)).isEmpty();
      assertThat(workbench.load(lines).tests().results()).hasSizeGreaterThan(1);
    }
  }
}
