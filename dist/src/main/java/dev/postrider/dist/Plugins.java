package dev.postrider.dist;

import dev.postrider.kernel.host.config.ServerConfig;
import dev.postrider.kernel.host.plugin.PluginCatalog;
import dev.postrider.kernel.host.plugin.PluginLoader;
import dev.postrider.kernel.host.plugin.PluginType;
import dev.postrider.kernel.host.xml.Problems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The plugins of the distribution and of a home. */
public final class Plugins {

  private Plugins() {}

  /**
   * A matcher or mailet, in words.
   *
   * @param kind {@code matcher} or {@code mailet}
   * @param name as the XML names it
   * @param plugin whose it is
   * @param version of the plugin
   * @param doc what it does
   * @param parameters what the XML may give it
   */
  public record Entry(
      String kind,
      String name,
      String plugin,
      String version,
      String doc,
      List<ParameterEntry> parameters) {}

  /**
   * A parameter, in words.
   *
   * @param name the element's name
   * @param type what is read from it
   * @param required whether it has to be given
   * @param fallback what is used where it is not given, or empty
   * @param doc what it is for
   */
  public record ParameterEntry(
      String name, String type, boolean required, String fallback, String doc) {}

  /** Loads those that come with the distribution and those of the home. */
  static PluginCatalog load(ServerConfig config, Problems problems) {
    List<Path> directories = new ArrayList<>();
    directories.add(Installation.current().plugins());
    if (Files.isDirectory(config.pipeline().plugins())) {
      directories.add(config.pipeline().plugins());
    }
    return PluginLoader.load(directories, problems);
  }

  /**
   * What the pipeline of a home may name.
   *
   * @throws Refusal when a plugin can't be loaded
   */
  public static List<Entry> list(Home home) {
    Problems problems = new Problems();
    try (PluginCatalog catalog = load(Configurations.read(home), problems)) {
      if (!problems.isEmpty()) {
        throw new Refusal(problems.sorted().stream().map(Object::toString).toList());
      }
      List<Entry> entries = new ArrayList<>();
      for (PluginType.Kind kind : PluginType.Kind.values()) {
        catalog.all(kind).forEach(type -> entries.add(entry(type)));
      }
      return entries;
    }
  }

  private static Entry entry(PluginType type) {
    return new Entry(
        type.kind().name().toLowerCase(Locale.ROOT),
        type.name(),
        type.plugin(),
        type.version(),
        type.doc(),
        type.parameters().stream()
            .map(
                parameter ->
                    new ParameterEntry(
                        parameter.name(),
                        parameter.typeName(),
                        parameter.isRequired(),
                        parameter.fallback().orElse(""),
                        parameter.doc()))
            .toList());
  }
}
