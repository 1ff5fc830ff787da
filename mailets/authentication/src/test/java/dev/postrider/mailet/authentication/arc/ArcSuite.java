package dev.postrider.mailet.authentication.arc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.postrider.plugin.Message;
import dev.postrider.plugin.testkit.InMemoryDns;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;

/** The public suite beside the sources, where it is. */
final class ArcSuite {

  /**
   * A case of it.
   *
   * @param name its name
   * @param values what it says
   * @param records the DNS
   * @param scenario what it shares with others
   */
  record Case(
      String name,
      Map<String, Object> values,
      Map<String, String> records,
      Map<String, Object> scenario) {

    String text(String key) {
      return String.valueOf(values.getOrDefault(key, ""));
    }

    String shared(String key) {
      return String.valueOf(scenario.getOrDefault(key, ""));
    }

    Message message() {
      return Message.of(text("message").replace("\n", "\r\n").getBytes(UTF_8));
    }

    InMemoryDns dns() {
      InMemoryDns dns = new InMemoryDns();
      // A line end within a record is how the suite writes long ones.
      records.forEach((name, text) -> dns.withTxt(name, text.replace("\n", "")));
      return dns;
    }
  }

  private ArcSuite() {}

  @SuppressWarnings("unchecked")
  static List<Case> cases(String file) throws IOException {
    Path folder = Path.of(System.getProperty("postrider.shared", ""), "testdata", "arc");
    assumeTrue(Files.isDirectory(folder), () -> "there is no ARC suite in " + folder);
    List<Case> cases = new ArrayList<>();
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(true);
    try (Reader in = Files.newBufferedReader(folder.resolve(file))) {
      for (Object document : new Yaml(options).loadAll(in)) {
        if (document instanceof Map<?, ?>) {
          Map<String, Object> scenario = (Map<String, Object>) document;
          Map<String, String> records =
              (Map<String, String>) scenario.getOrDefault("txt-records", Map.of());
          Map<String, Map<String, Object>> tests =
              (Map<String, Map<String, Object>>) scenario.get("tests");
          tests.forEach((name, values) -> cases.add(new Case(name, values, records, scenario)));
        }
      }
    }
    return cases;
  }
}
