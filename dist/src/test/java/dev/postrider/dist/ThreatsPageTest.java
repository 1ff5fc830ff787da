package dev.postrider.dist;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every test that {@code dist/docs/threats.md} names exists. */
class ThreatsPageTest {

  private static final Path ROOT = Path.of(System.getProperty("postrider.root", ".."));

  private static Set<String> tests() throws IOException {
    try (Stream<Path> all = Files.walk(ROOT, 12)) {
      return all.filter(file -> file.toString().contains("/src/test/java/"))
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".java"))
          .map(name -> name.substring(0, name.length() - 5))
          .collect(Collectors.toSet());
    }
  }

  @Test
  void everyTestOfThePageExists() throws IOException {
    List<String> rows =
        Files.readString(ROOT.resolve("dist/docs/threats.md"), UTF_8)
            .lines()
            .filter(line -> line.startsWith("| ") && !line.startsWith("| attack |"))
            .toList();
    assertThat(rows).hasSizeGreaterThan(15);
    Set<String> tests = tests();
    for (String row : rows) {
      String[] cells = row.split(" \\| ");
      List<String> named =
          Arrays.stream(cells[cells.length - 1].replace(" |", "").split(", "))
              .map(each -> each.replace("`", "").strip())
              .toList();
      assertThat(cells).as(row).hasSize(3);
      assertThat(named).as(row).isNotEmpty().allSatisfy(each -> assertThat(tests).contains(each));
    }
  }
}
