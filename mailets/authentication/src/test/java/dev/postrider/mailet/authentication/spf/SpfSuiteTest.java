package dev.postrider.mailet.authentication.spf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.postrider.plugin.testkit.FixedClock;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The public suite of RFC 7208. */
class SpfSuiteTest {

  private static final Path SUITE =
      Path.of(System.getProperty("postrider.shared", ""), "testdata", "spf", "rfc7208-tests.yml");
  private static final int TESTS = 203;

  @Test
  void everyTestOfThePublicSuitePasses() throws IOException {
    assumeTrue(Files.isRegularFile(SUITE), () -> SUITE + " is not here: the suite is not run");
    List<String> wrong = new ArrayList<>();
    int run = 0;
    for (Object scenario : scenarios()) {
      Map<?, ?> tests = (Map<?, ?>) ((Map<?, ?>) scenario).get("tests");
      Map<?, ?> zone = (Map<?, ?>) ((Map<?, ?>) scenario).get("zonedata");
      for (Map.Entry<?, ?> test : tests.entrySet()) {
        run++;
        judge(test.getKey().toString(), (Map<?, ?>) test.getValue(), new SuiteZone(zone), wrong);
      }
    }
    System.out.println("SPF (RFC 7208): " + (run - wrong.size()) + " of " + run + " pass");
    assertThat(wrong).isEmpty();
    assertThat(run).isEqualTo(TESTS);
  }

  private static Iterable<Object> scenarios() throws IOException {
    return new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(Files.readString(SUITE));
  }

  private static void judge(String name, Map<?, ?> test, SuiteZone zone, List<String> wrong) {
    InetAddress client = InetAddress.ofLiteral(test.get("host").toString());
    String helo = test.get("helo").toString();
    String sender = test.get("mailfrom").toString();
    int at = sender.lastIndexOf('@');
    SpfIdentity identity =
        sender.isEmpty()
            ? SpfIdentity.ofHelo(client, helo, "mx.receiver.example")
            : new SpfIdentity(
                client,
                sender.substring(0, at),
                sender.substring(at + 1),
                helo,
                "mx.receiver.example");
    FixedClock clock = FixedClock.at("2026-11-23T12:00:00Z");
    SpfAnswer answer = new SpfCheck(Duration.ofSeconds(20), clock).check(zone, identity);
    Object expected = test.get("result");
    List<?> allowed = expected instanceof List<?> several ? several : List.of(expected);
    if (!allowed.contains(answer.result().word())) {
      wrong.add(name + ": " + answer + ", not " + allowed);
    }
    Object told = test.get("explanation");
    String explanation = answer.explanation().orElse("DEFAULT");
    if (told != null && !told.equals(explanation)) {
      wrong.add(name + ": explained by '" + explanation + "', not '" + told + "'");
    }
    assertThat(zone.asked()).as("lookups of %s", name).hasSizeLessThan(124);
  }
}
