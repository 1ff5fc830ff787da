package dev.postrider.dist.home;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The unpacked distribution this process was started from.
 *
 * @param root the folder with {@code bin}, {@code lib}, {@code plugins} and {@code conf}
 */
public record Installation(Path root) {

  /** The system property by which the launcher tells the folder. */
  public static final String PROPERTY = "postrider.install";

  /**
   * The installation of this process.
   *
   * @throws Refusal when it was not started by the launcher
   */
  public static Installation current() {
    String root = System.getProperty(PROPERTY, "");
    if (root.isEmpty() || !Files.isDirectory(Path.of(root))) {
      throw new Refusal(
          "the folder of the distribution is not known; start Postrider with bin/postrider");
    }
    return new Installation(Path.of(root).toAbsolutePath().normalize());
  }

  /** The configuration that new homes begin with. */
  public Path conf() {
    return root.resolve("conf");
  }

  /** The plugins that come with the distribution. */
  public Path plugins() {
    return root.resolve("plugins");
  }

  /** Where the demo lives: beside a distribution that was just built, else inside of it. */
  public Path demoHome() {
    Path parent = root.getParent();
    return parent != null && parent.endsWith("target")
        ? parent.resolve("demo")
        : root.resolve("demo");
  }

  /** The version, as in the manifest of the jar. */
  public static String version() {
    String version = Installation.class.getPackage().getImplementationVersion();
    return version == null ? "unpackaged" : version;
  }
}
