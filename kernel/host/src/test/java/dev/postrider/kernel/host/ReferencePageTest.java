package dev.postrider.mailet.standard;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReferencePageTest {

  private static final String REWRITE = "postrider.reference.rewrite";

  @Test
  void thePageDescribesEveryMatcherAndMailetWithAllItsParameters() throws IOException {
    Path page =
        Path.of(System.getProperty("basedir", ""), "..", "..", "dist", "docs", "mailets.md")
            .toAbsolutePath()
            .normalize();
    String reference = ReferencePage.of(new StandardPlugin());
    String text = Files.readString(page, UTF_8);
    int start = text.indexOf("## Matchers\n");
    if (Boolean.getBoolean(REWRITE)) {
      Files.writeString(page, text.substring(0, start) + reference, UTF_8);
      return;
    }
    assertThat(text.substring(start))
        .as(
            "dist/docs/mailets.md differs from the declarations; to write it anew:"
                + " mvn -pl mailets/standard -am test -D%s=true",
            REWRITE)
        .isEqualTo(reference);
  }
}
