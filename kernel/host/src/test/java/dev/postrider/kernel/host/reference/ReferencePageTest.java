package dev.postrider.kernel.host.reference;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.kernel.contracts.PluginWorkshop;
import dev.postrider.kernel.host.plugin.PluginCatalog;
import dev.postrider.kernel.host.plugin.PluginLoader;
import dev.postrider.kernel.host.plugin.PluginType;
import dev.postrider.kernel.host.xml.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReferencePageTest {

  private static final String REWRITE = "postrider.reference.rewrite";

  @TempDir Path home;

  @Test
  void thePageDescribesEveryMatcherAndMailetWithAllItsParameters() throws IOException {
    Path page =
        Path.of(System.getProperty("basedir", ""), "..", "..", "dist", "docs", "mailets.md")
            .toAbsolutePath()
            .normalize();
    String reference = reference();
    String text = Files.readString(page, UTF_8);
    int start = text.indexOf("## Matchers\n");
    if (Boolean.getBoolean(REWRITE)) {
      Files.writeString(page, text.substring(0, start) + reference, UTF_8);
      return;
    }
    assertThat(text.substring(start))
        .as(
            "dist/docs/mailets.md differs from the declarations; to write it anew:"
                + " mvn -pl kernel/host -am test -Dtest=ReferencePageTest"
                + " -Dsurefire.failIfNoSpecifiedTests=false -D%s=true",
            REWRITE)
        .isEqualTo(reference);
  }

  private String reference() {
    PluginWorkshop workshop = new PluginWorkshop(home);
    workshop.packInTree("standard", "dev.postrider.mailet.standard.StandardPlugin");
    Problems problems = new Problems();
    try (PluginCatalog catalog = PluginLoader.load(workshop.plugins(), problems)) {
      assertThat(problems.sorted()).isEmpty();
      return ReferencePage.of(
          catalog.all(PluginType.Kind.MATCHER), catalog.all(PluginType.Kind.MAILET));
    }
  }
}
