package dev.postrider.dist.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.dist.home.Configurations;
import dev.postrider.dist.home.Home;
import dev.postrider.dist.home.Installation;
import dev.postrider.dist.home.NewHome;
import dev.postrider.kernel.host.config.ServerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestartReasonsTest {

  @TempDir Path directory;
  private Home home;
  private ServerConfig started;

  @BeforeEach
  void makeHome() throws IOException {
    home = new Home(directory.resolve("home"));
    Installation sources = new Installation(Path.of("").toAbsolutePath());
    NewHome.make(home, sources, "example.org", UnaryOperator.identity());
    started = Configurations.read(home);
  }

  private List<String> after(String from, String to) throws IOException {
    String text = Files.readString(home.configuration());
    assertThat(text).contains(from);
    Files.writeString(home.configuration(), text.replace(from, to));
    return RestartReasons.between(started, Configurations.read(home));
  }

  @ParameterizedTest
  @CsvSource({
    "recipients=\"1000\", recipients=\"999\", <listeners>",
    "minimum-free=\"100m\", minimum-free=\"99m\", <storage>",
    "free-failures=\"3\", free-failures=\"4\", <login>",
    "own-addresses-only=\"true\", own-addresses-only=\"false\", <login>",
    "step-deadline=\"10s\", step-deadline=\"9s\", step-deadline of <pipeline>",
    "job-deadline=\"10m\", job-deadline=\"9m\", job-deadline of <pipeline>",
    "watch=\"false\", watch=\"true\", watch of <pipeline>",
    "expire-after=\"5d\", expire-after=\"4d\", <outbound>"
  })
  void nameWhatWasChanged(String from, String to, String name) throws IOException {
    assertThat(after(from, to)).containsExactly(name);
  }

  @Test
  void areNoneForWhatOnlyMovedOrIsReloaded() throws IOException {
    Files.copy(home.conf().resolve("pipeline.xml"), home.conf().resolve("other.xml"));
    assertThat(after("<listeners>", "\n\n<listeners>")).isEmpty();
    assertThat(after("conf/pipeline.xml\" plugins", "conf/other.xml\" plugins")).isEmpty();
  }
}
