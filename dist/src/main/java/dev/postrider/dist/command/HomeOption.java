package dev.postrider.dist.command;

import dev.postrider.dist.home.Home;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** {@code --home DIR}. */
final class HomeOption {

  @Option(
      names = "--home",
      required = true,
      paramLabel = "DIR",
      description = "the directory of the server: conf, data, log, plugins")
  private Path directory = Path.of(".");

  /** A home that exists. */
  Home existing() {
    return new Home(directory).existing();
  }

  /** A home that may be about to be made. */
  Home any() {
    return new Home(directory);
  }
}
