package dev.postrider.dist.home;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewHomeTest {

  @TempDir Path directory;

  @Test
  void nobodyElseReadsItsSecretsOrPutsAPluginIntoIt() throws IOException {
    Path conf = Files.createDirectories(directory.resolve("installation/conf"));
    Files.writeString(conf.resolve("postrider.xml"), "<postrider>example.test</postrider>");
    Home home = new Home(directory.resolve("home"));

    NewHome.make(
        home,
        new Installation(directory.resolve("installation")),
        "example.org",
        UnaryOperator.identity());

    for (String name : new String[] {"conf", "data", "log", "plugins"}) {
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(home.directory().resolve(name))))
          .as(name)
          .isEqualTo("rwx------");
    }
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(home.conf().resolve("tls/key.pem"))))
        .isEqualTo("rw-------");
  }
}
