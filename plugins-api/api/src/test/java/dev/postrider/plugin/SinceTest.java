package dev.postrider.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Authors see in which version of the API a type came. */
class SinceTest {

  private static final Path SOURCES =
      Path.of(System.getProperty("basedir", ""), "src", "main", "java");

  @Test
  void everyPublicTypeTellsSinceWhenItIsThere() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      List<Path> silent = files.filter(SinceTest::isSilent).toList();
      assertThat(silent).isEmpty();
    }
  }

  private static boolean isSilent(Path file) {
    try {
      if (!file.toString().endsWith(".java") || file.toString().endsWith("-info.java")) {
        return false;
      }
      String source = Files.readString(file);
      int type = source.indexOf("\npublic ");
      return type >= 0 && !source.substring(0, type).contains("\n * @since ");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
