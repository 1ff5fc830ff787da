package dev.postrider.kernel.host.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/** A home directory for tests, with a certificate and a pipeline file. */
final class Home {

  static final Path SHIPPED = Path.of("..", "..", "dist", "conf", "postrider.xml");

  private final Path directory;

  Home(Path directory) {
    this.directory = directory;
    try {
      Files.createDirectories(directory.resolve("conf/tls"));
      Files.createDirectories(directory.resolve("plugins"));
      Files.writeString(directory.resolve("conf/pipeline.xml"), "<pipeline/>");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    copy("cert.pem", "conf/tls/cert.pem");
    copy("key.pem", "conf/tls/key.pem");
  }

  Path directory() {
    return directory;
  }

  void copy(String resource, String to) {
    try (InputStream in = Home.class.getResourceAsStream("/tls/" + resource)) {
      Files.write(directory.resolve(to), Objects.requireNonNull(in).readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads a configuration with these lines. */
  ConfigResult read(String xml, Map<String, String> environment) {
    try {
      Files.writeString(directory.resolve(ConfigReader.FILE), xml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new ConfigReader(environment).read(directory);
  }

  /** Reads the configuration that is shipped. */
  ConfigResult readShipped(Map<String, String> environment) {
    try {
      return read(Files.readString(SHIPPED), environment);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
