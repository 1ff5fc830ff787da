package dev.postrider.dist.reload;

import dev.postrider.kernel.contracts.PluginWorkshop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Versions of a plugin that stamps mails with its own version and with a mark of the pipeline, and
 * pipelines that ask for a stamp at three places, so that a mail that met two versions shows it.
 */
final class Stamps {

  private static final List<String> PLACES = List.of("message", "root", "local");

  private final Path folder;

  Stamps(Path folder) {
    this.folder = folder;
  }

  /** The jar of a version; it does not take the mark "never". */
  Path jar(String version) {
    return new PluginWorkshop(folder.resolve("v" + version))
        .build(
            "stamp",
            version,
            "acme.StampPlugin",
            Map.of(
                "acme.StampPlugin",
                """
                package acme;
                import dev.postrider.plugin.*;
                import java.util.List;
                public class StampPlugin implements Plugin {
                  public List<Class<? extends Mailet>> mailets() { return List.of(Stamp.class); }
                }
                """,
                "acme.Stamp",
                """
                package acme;
                import dev.postrider.plugin.*;
                public class Stamp implements Mailet {
                  private final String mark;
                  public Stamp(@Param(name = "mark", doc = "The mark.") String mark) {
                    if (mark.equals("never")) {
                      throw new IllegalArgumentException("the mark 'never' is not taken");
                    }
                    this.mark = mark;
                  }
                  public Outcome process(Mail mail) {
                    HeaderField field = HeaderField.of("X-Stamp", "%s " + mark);
                    return Outcome.next(mail.withHeaders(headers -> headers.withFirst(field)));
                  }
                }
                """
                    .formatted(version)));
  }

  /** Puts a version into a home as {@code plugin install} does: two renames. */
  void put(Path home, Path jar) throws IOException {
    Path plugins = Files.createDirectories(home.resolve("plugins"));
    Path old = Files.createDirectories(plugins.resolve(".install/old")).resolve("stamp");
    Path fresh = Files.createDirectories(plugins.resolve(".install/new/stamp"));
    Files.copy(jar, fresh.resolve("stamp.jar"));
    Path place = plugins.resolve("stamp");
    if (Files.exists(place)) {
      Files.move(place, old, StandardCopyOption.ATOMIC_MOVE);
    }
    Files.move(fresh, place, StandardCopyOption.ATOMIC_MOVE);
    if (Files.exists(old)) {
      Files.delete(old.resolve("stamp.jar"));
      Files.delete(old);
    }
  }

  /** Writes a pipeline into a home at once: the shipped one, with stamps of this mark. */
  static void pipeline(Path home, String mark) throws IOException {
    String text = Files.readString(shipped());
    for (String place : PLACES) {
      String stamp = "<mailet match=\"All\" class=\"Stamp\"><mark>" + mark + "</mark></mailet>";
      String open = "<processor state=\"" + place + "\"";
      text =
          text.replace(open + "/>", open + ">" + stamp + "</processor>")
              .replace(open + ">\n", open + ">" + stamp + "\n");
    }
    write(home, text);
  }

  /** Writes the shipped pipeline, which asks for no stamp. */
  static void pipelineWithout(Path home) throws IOException {
    write(home, Files.readString(shipped()));
  }

  /** Writes a pipeline with two faults. */
  static void brokenPipeline(Path home) throws IOException {
    String text = Files.readString(shipped());
    write(
        home,
        text.replace("class=\"LocalDelivery\"", "class=\"LocalDelivry\"")
            .replace("<status>5.4.6</status>", "<status>banana</status>"));
  }

  private static Path shipped() {
    return Path.of(System.getProperty("postrider.root", "..")).resolve("dist/conf/pipeline.xml");
  }

  private static void write(Path home, String text) throws IOException {
    Path fresh = home.resolve("conf/pipeline.new");
    Files.writeString(fresh, text);
    Files.move(
        fresh,
        home.resolve("conf/pipeline.xml"),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  /** The stamps in the header of a mail, in their order. */
  static List<String> in(String header) {
    try (Stream<String> lines = header.lines()) {
      return lines
          .filter(line -> line.startsWith("X-Stamp: "))
          .map(line -> line.substring("X-Stamp: ".length()))
          .toList();
    }
  }
}
