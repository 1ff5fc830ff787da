package dev.postrider.kernel.host.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Configurations that are read, and the problems they have. */
abstract class ConfigurationFixture {

  static final String NAME = "<hostname>mail.example.test</hostname>";
  static final String SMTP = "<listener name=\"smtp\" protocol=\"smtp\" port=\"25\"/>";
  static final String DOORS = "<listeners>" + SMTP + "</listeners>";
  @TempDir Path directory;
  Home home;

  @BeforeEach
  void makeHome() {
    home = new Home(directory);
  }

  List<String> problems(String... lines) {
    return problemsOf(String.join("\n", lines));
  }

  List<String> problemsOf(String xml) {
    return switch (home.read(xml, Map.of("LOOP", "${env:LOOP}"))) {
      case ConfigResult.Valid _ -> List.of();
      case ConfigResult.Invalid(var problems) -> problems.stream().map(Object::toString).toList();
    };
  }
}
