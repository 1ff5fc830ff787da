package dev.postrider.kernel.host.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.kernel.host.plugin.PluginServices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What {@code dist/docs/plugins.md} shows is source that is built and tested. */
class PluginsPageTest {

  private static final Path ROOT = Path.of("..", "..");
  private static final Pattern LISTING = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  private static String sources(String folder) throws IOException {
    StringBuilder out = new StringBuilder();
    try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).sorted().toList()) {
        out.append(Files.readString(file, UTF_8));
      }
    }
    return out.toString();
  }

  @Test
  void every_service_is_in_the_table() throws IOException {
    String page = Files.readString(ROOT.resolve("dist/docs/plugins.md"), UTF_8);
    for (Class<?> service : PluginServices.known()) {
      assertThat(page).containsPattern("\\| .*`(System\\.)?" + service.getSimpleName() + "`.* \\|");
    }
  }

  @Test
  void every_listing_is_in_the_sources() throws IOException {
    String page = Files.readString(ROOT.resolve("dist/docs/plugins.md"), UTF_8);
    String sources =
        sources("plugins-api/example/src") + sources("plugins-api/pipeline-testkit/src");
    List<String> listings = LISTING.matcher(page).results().map(found -> found.group(1)).toList();
    assertThat(listings).hasSize(5);
    assertThat(listings).allSatisfy(listing -> assertThat(sources).contains(listing));
  }
}
