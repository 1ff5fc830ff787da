package dev.postrider.dist.home;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The directory of one server.
 *
 * @param directory absolute
 */
public record Home(Path directory) {

  /** Makes the path absolute. */
  public Home {
    directory = directory.toAbsolutePath().normalize();
  }

  /**
   * The same, after a look whether it is one.
   *
   * @throws Refusal when it is no home
   */
  public Home existing() {
    refuseWhereHidden(directory);
    if (!Files.isDirectory(directory)) {
      throw new Refusal(
          "the home "
              + directory
              + " does not exist; 'postrider init --home "
              + directory
              + " --domain D --admin ADDRESS' makes one");
    }
    refuseWhereHidden(configuration());
    if (!Files.exists(configuration())) {
      throw new Refusal(
          directory + " is not a home: it has no conf/postrider.xml; 'postrider init' makes one");
    }
    return this;
  }

  // What this user may not look at is neither there nor missing.
  private void refuseWhereHidden(Path path) {
    if (!Files.exists(path) && !Files.notExists(path)) {
      throw new Refusal(
          "no permission to look at " + path + "; run this as the user of the server" + owner());
    }
  }

  private String owner() {
    try {
      String name = Files.getOwner(conf()).getName();
      return ", such as by 'sudo -u " + name + " postrider …'";
    } catch (IOException e) {
      return "";
    }
  }

  /** {@code conf}. */
  public Path conf() {
    return directory.resolve("conf");
  }

  /** {@code conf/postrider.xml}. */
  public Path configuration() {
    return conf().resolve("postrider.xml");
  }

  /** {@code data}. */
  public Path data() {
    return directory.resolve("data");
  }

  @Override
  public String toString() {
    return directory.toString();
  }
}
