package dev.postrider.kernel.host.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postrider.plugin.service.SecretFiles;
import dev.postrider.plugin.testkit.FixedClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretFoldersTest {

  @TempDir Path conf;

  private final FixedClock clock = FixedClock.at("2026-11-23T12:00:00Z");

  @Test
  void filesAreReadWhenTheyAreThereAndWhenTheyChange() throws IOException {
    SecretFolders secrets = new SecretFolders(conf, clock);
    assertThat(secrets.folder("dkim").names()).isEmpty();
    write("dkim/example.org/a.pem", "one", "rw-------");
    assertThat(secrets.folder("dkim").names()).as("looked a moment ago").isEmpty();
    clock.advance(Duration.ofSeconds(1));
    SecretFiles first = secrets.folder("dkim");
    assertThat(first.get("example.org/a.pem")).contains("one".getBytes());
    clock.advance(Duration.ofSeconds(1));
    assertThat(secrets.folder("dkim")).as("nothing changed").isSameAs(first);
    write("dkim/example.org/b.pem", "two", "rw-------");
    clock.advance(Duration.ofSeconds(1));
    assertThat(secrets.folder("dkim").names())
        .containsExactly("example.org/a.pem", "example.org/b.pem");
    assertThat(first.names()).hasSize(1);
  }

  @Test
  void whatOthersMayReadOrIsTooLargeIsLeftOut() throws IOException {
    write("dkim/open.pem", "one", "rw-r--r--");
    write("dkim/large.pem", "x".repeat(20_000), "rw-------");
    write("dkim/good.pem", "one", "r--------");
    SecretFiles files = new SecretFolders(conf, clock).folder("dkim");
    assertThat(files.names()).containsExactly("good.pem");
    assertThat(files).hasToString("1 secret files");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "..", "a/b", "../tls", "."})
  void onlyFoldersOfConfCanBeNamed(String name) {
    assertThatThrownBy(() -> new SecretFolders(conf, clock).folder(name))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private void write(String name, String text, String modes) throws IOException {
    Path file = conf.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(modes));
  }
}
