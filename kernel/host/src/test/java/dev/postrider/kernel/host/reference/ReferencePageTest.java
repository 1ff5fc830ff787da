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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReferencePageTest {

  private static final String REWRITE = "postrider.reference.rewrite";

  @TempDir Path home;

  @ParameterizedTest
  @CsvSource({
    "mailets.md, standard, dev.postrider.mailet.standard.StandardPlugin",
    "filters.md, filtering, dev.postrider.mailet.filtering.FilteringPlugin",
    "trust.md, authentication, dev.postrider.mailet.authentication.AuthenticationPlugin",
    "spam.md, spam, dev.postrider.mailet.spam.SpamPlugin"
  })
  void thePageDescribesEveryMatcherAndMailetWithAllItsParameters(
      String file, String plugin, String entry) throws IOException {
    Path page =
        Path.of(System.getProperty("basedir", ""), "..", "..", "dist", "docs", file)
            .toAbsolutePath()
            .normalize();
    String reference = reference(plugin, entry);
    String text = Files.readString(page, UTF_8);
    int start = text.indexOf(reference.substring(0, reference.indexOf('\n') + 1));
    assertThat(start).as("%s has the heading where the reference begins", file).isPositive();
    if (Boolean.getBoolean(REWRITE)) {
      Files.writeString(page, text.substring(0, start) + reference, UTF_8);
      return;
    }
    assertThat(text.substring(start))
        .as(
            "dist/docs/%s differs from the declarations; to write it anew:"
                + " mvn -pl kernel/host -am test -Dtest=ReferencePageTest"
                + " -Dsurefire.failIfNoSpecifiedTests=false -D%s=true",
            file, REWRITE)
        .isEqualTo(reference);
  }

  private String reference(String plugin, String entry) {
    PluginWorkshop workshop = new PluginWorkshop(home);
    workshop.packInTree(plugin, entry);
    Problems problems = new Problems();
    try (PluginCatalog catalog = PluginLoader.load(workshop.plugins(), problems)) {
      assertThat(problems.sorted()).isEmpty();
      return ReferencePage.of(
          catalog.all(PluginType.Kind.MATCHER), catalog.all(PluginType.Kind.MAILET));
    }
  }
}
