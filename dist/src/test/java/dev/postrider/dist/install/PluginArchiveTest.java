package dev.postrider.dist.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postrider.dist.home.Refusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PluginArchiveTest {

  @TempDir Path folder;
  private Path into;

  @BeforeEach
  void makeTarget() throws IOException {
    into = Files.createDirectories(folder.resolve("deep/into"));
  }

  private Path zip(String... entries) throws IOException {
    Path zip = folder.resolve("plugin.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      for (String entry : entries) {
        out.putNextEntry(new ZipEntry(entry));
        out.write(entry.getBytes(StandardCharsets.UTF_8));
      }
    }
    return zip;
  }

  @ParameterizedTest
  @CsvSource({
    "stamp.jar, stamp",
    "stamp-1.2.jar, stamp",
    "my-stamp-1.2-SNAPSHOT.zip, my-stamp",
    "stamp-plugin.jar, stamp-plugin",
    "folder, folder"
  })
  void isNamedAfterTheFileWithoutItsVersion(String file, String name) {
    assertThat(new PluginArchive(folder.resolve(file)).name("")).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", ".install", "a/b", "ü", "-x"})
  void isNotNamedSo(String name) {
    PluginArchive archive = new PluginArchive(folder.resolve("a.jar"));
    assertThatThrownBy(() -> archive.name(name))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("'" + name + "'");
  }

  @Test
  void takesTheJarsOfAZipAndNothingElse() throws IOException {
    new PluginArchive(zip("README", "stamp-1/", "stamp-1/a.jar", "stamp-1/lib/b.jar")).unpack(into);
    assertThat(into).isDirectoryNotContaining("glob:**README");
    assertThat(into.resolve("a.jar")).hasContent("stamp-1/a.jar");
    assertThat(into.resolve("b.jar")).hasContent("stamp-1/lib/b.jar");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../evil.jar", "/evil.jar", "a/../../evil.jar", "..\\evil.jar", "../x"})
  void refusesAZipThatLeadsOutOfIt(String entry) throws IOException {
    PluginArchive archive = new PluginArchive(zip(entry, "good.jar"));
    assertThatThrownBy(() -> archive.unpack(into))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining(entry);
    assertThat(folder.resolve("deep/evil.jar")).doesNotExist();
  }

  @Test
  void refusesTwoJarsOfOneName() throws IOException {
    PluginArchive archive = new PluginArchive(zip("a/x.jar", "b/x.jar"));
    assertThatThrownBy(() -> archive.unpack(into))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("two jars of the name x.jar");
  }

  @Test
  void aBombIsNotUnpackedBeyondTheLimit() throws IOException {
    Path zip = folder.resolve("bomb.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      for (int jar = 0; jar < 3; jar++) {
        out.putNextEntry(new ZipEntry(jar + ".jar"));
        out.write(new byte[3 << 20]);
      }
    }
    assertThat(Files.size(zip)).isLessThan(20_000);
    assertThatThrownBy(() -> new PluginArchive(zip, 4 << 20).unpack(into))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("holds more than 4 MB of jars");
    try (Stream<Path> unpacked = Files.list(into)) {
      assertThat(unpacked.mapToLong(each -> each.toFile().length()).sum())
          .isLessThanOrEqualTo(4 << 20);
    }
  }

  @Test
  void refusesAZipOfCountlessEntries() throws IOException {
    String[] entries =
        IntStream.rangeClosed(0, 10_000).mapToObj(each -> "e" + each).toArray(String[]::new);
    assertThatThrownBy(() -> new PluginArchive(zip(entries)).unpack(into))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("has more than 10000 entries");
  }

  @Test
  void refusesAFolderWithLinks() throws IOException {
    Path plugin = Files.createDirectories(folder.resolve("plugin"));
    Path secret = Files.writeString(folder.resolve("secret"), "s");
    Files.createSymbolicLink(plugin.resolve("a.jar"), secret);
    assertThatThrownBy(() -> new PluginArchive(plugin).unpack(into))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("a.jar is a link");
    assertThat(into).isEmptyDirectory();
  }

  @Test
  void refusesWhatHoldsNoJar() throws IOException {
    Path zip = zip("README");
    Path text = Files.writeString(folder.resolve("plugin.txt"), "x");
    for (Path wrong : new Path[] {zip, text, folder.resolve("deep"), folder.resolve("none.jar")}) {
      assertThatThrownBy(() -> new PluginArchive(wrong).unpack(into))
          .isInstanceOf(Refusal.class)
          .hasMessageContaining(wrong.toString());
    }
  }
}
