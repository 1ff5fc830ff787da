package dev.postrider.dist.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.dist.server.Launcher;
import dev.postrider.dist.server.RunningServer;
import dev.postrider.plugin.example.ExamplePlugin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every command of {@code dist/docs/plugins.md}, in the order of the page, on a running server. Its
 * Java is quoted from sources that are built ({@code PluginsPageTest}), its Maven command is run by
 * {@code ArchetypeIT}; the listings of {@code filters.md} are loaded by {@code FiltersPageTest}.
 */
class PluginPagesIT {

  private static final Path DOCS = Path.of(System.getProperty("postrider.root", ".."), "dist/docs");
  private static final Pattern COMMAND = Pattern.compile("(?m)(?:^    |`)postrider ([^`\n]+)");
  private static final Pattern BLOCK = Pattern.compile("(?m)^    (\\w+) .*");
  private static final Pattern FENCE = Pattern.compile("(?m)^```(\\w+)$");

  @TempDir Path folder;

  private static String page(String name) throws IOException {
    return Files.readString(DOCS.resolve(name));
  }

  @Test
  void theCommandsDoWhatThePageSays() throws Exception {
    Path home = Launcher.home(folder);
    Path built =
        Path.of(ExamplePlugin.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path jar = Files.copy(built, folder.resolve("stamp-1.0.jar"));
    List<String> ran = new ArrayList<>();
    StringBuilder said = new StringBuilder();
    try (RunningServer _ = RunningServer.start(home)) {
      for (String command : commands()) {
        String[] words =
            command
                .replace("DIR", home.toString())
                .replace("stamp-1.0.jar", jar.toString())
                .split(" ");
        Launcher.Result result = Launcher.run(words);
        assertThat(result.code()).as(command + "\n" + result.err()).isZero();
        assertThat(Files.isDirectory(home.resolve("plugins/stamp")))
            .as("DIR/plugins/stamp/ after " + command)
            .isEqualTo(
                ran.stream().noneMatch(each -> each.contains("remove"))
                    && !command.contains("remove"));
        ran.add(words[0] + " " + words[1]);
        said.append(result.out());
      }
    }
    assertThat(ran)
        .containsExactly("plugin install", "plugin list", "plugin remove", "plugin reload");
    assertThat(said).containsPattern("StampTime +stamp \\S+ \\(home\\)");
  }

  // The page names some commands without saying for which home.
  private static List<String> commands() throws IOException {
    return COMMAND
        .matcher(page("plugins.md"))
        .results()
        .map(found -> found.group(1).strip())
        .filter(command -> command.contains("--home"))
        .toList();
  }

  @Test
  void thereIsNoOtherKindOfListing() throws IOException {
    for (String name : List.of("plugins.md", "filters.md")) {
      String page = page(name);
      String below =
          name.equals("filters.md") ? page.substring(0, page.indexOf("\n## Mailets")) : page;
      String outside = below.replaceAll("(?ms)^```.*?^```$", "");
      assertThat(BLOCK.matcher(outside).results().map(found -> found.group(1)))
          .as("indented listings of " + name)
          .isSubsetOf("postrider", "mvn");
      assertThat(FENCE.matcher(below).results().map(found -> found.group(1)))
          .as("listings of " + name)
          .isSubsetOf("java", "xml", "json");
    }
  }
}
