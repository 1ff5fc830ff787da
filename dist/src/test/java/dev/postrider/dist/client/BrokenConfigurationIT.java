package dev.postrider.dist.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.dist.server.Launcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A broken configuration never starts; the place, the thing and what to write instead are told. */
@TestInstance(Lifecycle.PER_CLASS)
class BrokenConfigurationIT {

  /**
   * A way to break it.
   *
   * @param file below {@code conf}
   * @param what is replaced, first occurrence, by {@code with}
   * @param thing what the message has to name
   * @param suggestion what it has to suggest
   */
  private record Break(String file, String what, String with, String thing, String suggestion) {
    @Override
    public String toString() {
      return thing;
    }
  }

  @TempDir static Path folder;
  private Path home = Path.of("");

  @BeforeAll
  void init() {
    home = Launcher.home(folder);
  }

  private static List<Break> breaks() {
    return List.of(
        new Break("postrider.xml", "<storage ", "<storrage ", "storrage", "storage"),
        new Break(
            "postrider.xml", "minimum-free=", "minimun-free=", "minimun-free", "minimum-free"),
        new Break("postrider.xml", "timeout=\"10s\"", "timeout=\"ten\"", "ten", "10s"),
        new Break("postrider.xml", "message-size=\"50m\"", "message-size=\"huge\"", "huge", "25m"),
        new Break("postrider.xml", "conf/tls/cert.pem", "conf/tls/gone.pem", "gone.pem", ""),
        new Break("postrider.xml", "protocol=\"lmtp\"", "protocol=\"lntp\"", "lntp", "lmtp"),
        new Break("postrider.xml", "${env:POSTRIDER_POP3_PORT:-110}", "70000", "70000", "65535"),
        new Break(
            "pipeline.xml",
            "class=\"LocalDelivery\"",
            "class=\"LokalDelivery\"",
            "LokalDelivery",
            "LocalDelivery"),
        new Break(
            "pipeline.xml",
            "<processor>local</processor>",
            "<processor>locale</processor>",
            "locale",
            "'local'"),
        new Break("pipeline.xml", "</processors>", "</processor>", "processor", ""));
  }

  @ParameterizedTest
  @MethodSource("breaks")
  void checkAndServeRefuseAndNameIt(Break broken) throws IOException {
    Path file = home.resolve("conf").resolve(broken.file());
    String good = Files.readString(file);
    assertThat(good).as("the shipped file still has it").contains(broken.what());
    String bad =
        good.substring(0, good.indexOf(broken.what()))
            + broken.with()
            + good.substring(good.indexOf(broken.what()) + broken.what().length());
    int line = (int) good.substring(0, good.indexOf(broken.what())).lines().count();
    try {
      Files.writeString(file, bad);
      for (String command : Arrays.asList("check", "serve")) {
        Launcher.Result refused = Launcher.run(command, "--home", home.toString());
        String said = refused.out() + refused.err();
        assertThat(refused.code()).as(said).isEqualTo(1);
        assertThat(said)
            .contains("conf/" + broken.file())
            .contains(broken.thing())
            .contains(broken.suggestion())
            .doesNotContain("\tat ");
        assertThat(linesNamed(said, broken.file()))
            .as(said)
            .anyMatch(each -> Math.abs(each - line) <= 12);
      }
    } finally {
      Files.writeString(file, good);
    }
  }

  private static List<Integer> linesNamed(String said, String file) {
    return Pattern.compile(Pattern.quote(file) + ":(\\d+)")
        .matcher(said)
        .results()
        .map(each -> Integer.parseInt(each.group(1)))
        .toList();
  }
}
