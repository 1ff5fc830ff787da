package dev.postrider.kernel.host.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.kernel.contracts.PluginWorkshop;
import dev.postrider.kernel.host.xml.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PluginDirectoryTest {

  @TempDir Path home;

  @Test
  void aPluginWhoseSuccessorIsNotThereYetStillCounts() throws IOException {
    Path plugins = home.resolve("plugins");
    Files.createDirectories(plugins.resolve("b"));
    Files.createDirectories(plugins.resolve(".hidden"));
    Files.createDirectories(plugins.resolve(".install/new/c"));
    Path old = Files.createDirectories(plugins.resolve(PluginDirectory.REPLACED).resolve("a"));
    assertThat(PluginDirectory.all(plugins))
        .containsExactly(
            new PluginDirectory("a", old, "plugins/a"),
            new PluginDirectory("b", plugins.resolve("b"), "plugins/b"));

    Path successor = Files.createDirectories(plugins.resolve("a"));

    assertThat(PluginDirectory.all(plugins))
        .extracting(PluginDirectory::path)
        .containsExactly(successor, plugins.resolve("b"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "1.0", "1.7", "1.0.3", "0.9"})
  void aPluginForThisMajorVersionOfTheApiIsTaken(String version) {
    assertThat(problems(version)).isEmpty();
  }

  @Test
  void aPluginForANewerMajorVersionIsRefusedByNameAndVersion() {
    assertThat(problems("2.0"))
        .singleElement()
        .asString()
        .startsWith("plugins/p: the plugin was made for version 2.0 of the plugin API")
        .contains("this is 1.0");
  }

  @Test
  void aVersionThatIsNoneIsRefused() {
    assertThat(problems("latest")).singleElement().asString().contains("'latest'");
  }

  @Test
  void aFileThatIsNoJarIsNamed() throws IOException {
    Path jar = Files.createDirectories(home.resolve("plugins/p")).resolve("broken.jar");
    Files.writeString(jar, "<html>not found</html>");
    assertThat(problemsOf(home.resolve("plugins")))
        .singleElement()
        .asString()
        .startsWith("plugins/p: broken.jar is not a jar");
  }

  private List<?> problems(String version) {
    PluginWorkshop workshop = new PluginWorkshop(home);
    workshop.build(
        "p",
        "p.Entry",
        Map.of(
            "p.Entry",
            """
            package p;
            import dev.postrider.plugin.*;
            import java.util.List;
            public class Entry implements Plugin {
              public List<Class<? extends Mailet>> mailets() { return List.of(M.class); }
            }
            """,
            "p.M",
            """
            package p;
            import dev.postrider.plugin.*;
            public class M implements Mailet {
              public Outcome process(Mail mail) { return new Outcome.Hold("m"); }
            }
            """),
        Map.of(ApiVersion.ATTRIBUTE, version));
    return problemsOf(workshop.plugins());
  }

  private static List<?> problemsOf(Path plugins) {
    Problems problems = new Problems();
    PluginLoader.load(plugins, problems).close();
    return problems.sorted();
  }
}
