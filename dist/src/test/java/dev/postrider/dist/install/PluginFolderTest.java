package dev.postrider.dist.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postrider.dist.home.Refusal;
import dev.postrider.kernel.host.plugin.PluginDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PluginFolderTest {

  @TempDir Path home;

  private Path plugins() {
    return home.resolve("plugins");
  }

  private void write(String folder, String text) throws IOException {
    Path directory = Files.createDirectories(plugins().resolve(folder));
    Files.writeString(directory.resolve("p.jar"), text);
  }

  /** What a reader sees: names and the text of their jars. */
  private Map<String, String> seen() throws IOException {
    Map<String, String> seen = new TreeMap<>();
    for (PluginDirectory plugin : PluginDirectory.all(plugins())) {
      seen.put(plugin.name(), Files.readString(plugin.path().resolve("p.jar")));
    }
    return seen;
  }

  private List<Path> leftovers() throws IOException {
    try (var all = Files.walk(plugins().resolve(".install"))) {
      return all.filter(path -> path.toString().endsWith(".jar")).toList();
    }
  }

  private static void stage(PluginFolder folder, String text) throws IOException {
    Files.writeString(folder.stage("p").resolve("p.jar"), text);
  }

  @Test
  void aNewPluginIsSeenWhenItIsPutAndNotBefore() throws IOException {
    try (PluginFolder folder = PluginFolder.open(plugins())) {
      stage(folder, "one");
      assertThat(seen()).isEmpty();
      folder.put("p");
      assertThat(seen()).containsExactly(Map.entry("p", "one"));
    }
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void whatIsPutTakesThePlaceOfWhatWasThereOrIsTakenBack() throws IOException {
    write("p", "one");
    try (PluginFolder folder = PluginFolder.open(plugins())) {
      stage(folder, "two");
      folder.put("p");
      assertThat(seen()).containsExactly(Map.entry("p", "two"));
      folder.takeBack("p");
      assertThat(seen()).containsExactly(Map.entry("p", "one"));
      stage(folder, "three");
      folder.put("p");
    }
    assertThat(seen()).containsExactly(Map.entry("p", "three"));
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void whatIsRemovedIsGoneOrPutBack() throws IOException {
    write("p", "one");
    try (PluginFolder folder = PluginFolder.open(plugins())) {
      folder.remove("p");
      assertThat(seen()).isEmpty();
      folder.putBack("p");
      assertThat(seen()).containsExactly(Map.entry("p", "one"));
      folder.remove("p");
    }
    assertThat(seen()).isEmpty();
    assertThat(leftovers()).isEmpty();
  }

  /** The states a kill can leave: which folders hold the plugin, what readers see, what stays. */
  @ParameterizedTest
  @CsvSource({
    "p=one .install/new/p=two, one",
    ".install/old/p=one .install/new/p=two, one",
    ".install/old/p=one p=two, two",
    ".install/gone/p=two .install/old/p=one, one",
    ".install/gone/p=two p=one, one",
    ".install/gone/p=one, -"
  })
  void aKillLeavesTheOldOrTheNewAndTheNextCommandClearsTheRest(String folders, String seen)
      throws IOException {
    for (String folder : folders.split(" ")) {
      write(folder.substring(0, folder.indexOf('=')), folder.substring(folder.indexOf('=') + 1));
    }
    Map<String, String> expected = seen.equals("-") ? Map.of() : Map.of("p", seen);
    assertThat(seen()).isEqualTo(expected);
    PluginFolder.open(plugins()).close();
    assertThat(seen()).isEqualTo(expected);
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void aSecondCommandIsRefusedMeanwhile() throws IOException {
    PluginFolder folder = PluginFolder.open(plugins());
    assertThatThrownBy(() -> PluginFolder.open(plugins()))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("another command is changing the plugins");
    folder.close();
    PluginFolder.open(plugins()).close();
  }
}
