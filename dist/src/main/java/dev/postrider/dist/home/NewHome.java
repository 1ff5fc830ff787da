package dev.postrider.dist.home;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Lays out the files of a new home; the store is not touched. */
public final class NewHome {

  private static final String EXAMPLE = "example.test";

  private NewHome() {}

  /**
   * Copies the shipped configuration with the domain written in, and makes key and certificate.
   *
   * @param edit a last change of {@code postrider.xml}
   * @throws Refusal when the home has a configuration already, or can't be written
   */
  public static void make(
      Home home, Installation installation, String domain, UnaryOperator<String> edit) {
    if (Files.exists(home.configuration())) {
      throw new Refusal(
          home
              + " is a home already; to change it edit "
              + home.configuration()
              + ", to begin anew take another directory");
    }
    try {
      var ownerOnly =
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
      Files.createDirectories(home.directory());
      for (String name : List.of("conf", "data", "log", "plugins")) {
        Path directory = home.directory().resolve(name);
        if (!Files.isDirectory(directory)) {
          Files.createDirectory(directory, ownerOnly);
        }
      }
      copyConfiguration(home, installation, domain, edit);
      Path tls = home.conf().resolve("tls");
      if (!Files.exists(tls.resolve("key.pem"))) {
        SelfSigned.write(tls, "mail." + domain, List.of(domain, "localhost"), Instant.now());
      }
    } catch (IOException e) {
      throw new Refusal("the home " + home + " can't be made: " + Reasons.of(e));
    }
  }

  // postrider.xml comes last: with it the directory is a home.
  private static void copyConfiguration(
      Home home, Installation installation, String domain, UnaryOperator<String> edit)
      throws IOException {
    Path from = installation.conf();
    List<Path> files;
    try (Stream<Path> tree = Files.walk(from)) {
      files = tree.filter(Files::isRegularFile).toList();
    }
    for (Path file : files) {
      Path to = home.conf().resolve(from.relativize(file).toString());
      if (!to.equals(home.configuration()) && !Files.exists(to)) {
        Files.createDirectories(to.resolveSibling("."));
        Files.copy(file, to);
      }
    }
    Files.createDirectories(home.conf());
    String text = Files.readString(from.resolve("postrider.xml"));
    Files.writeString(home.configuration(), edit.apply(text.replace(EXAMPLE, domain)));
  }
}
