package dev.postrider.dist.plugin;

import dev.postrider.dist.home.Configurations;
import dev.postrider.dist.home.Home;
import dev.postrider.dist.home.Installation;
import dev.postrider.dist.home.Reasons;
import dev.postrider.dist.home.Refusal;
import dev.postrider.kernel.host.config.ServerConfig;
import dev.postrider.kernel.host.plugin.PluginCatalog;
import dev.postrider.kernel.host.plugin.PluginDirectory;
import dev.postrider.kernel.host.plugin.PluginLoader;
import dev.postrider.kernel.host.plugin.PluginType;
import dev.postrider.kernel.host.reference.PipelineSchema;
import dev.postrider.kernel.host.reference.ReferencePage;
import dev.postrider.kernel.host.xml.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
   * @param from {@code distribution} or {@code home}
   * @param doc what it does
   * @param parameters what the XML may give it
   */
  public record Entry(
      String kind,
      String name,
      String plugin,
      String version,
      String from,
      String doc,
      List<ParameterEntry> parameters) {}

  /**
   * A parameter, in words.
   *
   * @param name the element's name
   * @param type what is read from it
   * @param form what that looks like, in a few words
   * @param unit what it counts, or empty
   * @param required whether it has to be given
   * @param fallback what is used where it is not given, or empty
   * @param doc what it is for
   */
  public record ParameterEntry(
      String name,
      String type,
      String form,
      String unit,
      boolean required,
      String fallback,
      String doc) {}

  /**
   * An XML Schema of the pipeline, for editors.
   *
   * @param home whose plugins count besides those of the distribution; empty for no home
   * @throws Refusal when a plugin can't be loaded
   */
  public static String schema(Optional<Home> home) {
    Problems problems = new Problems();
    try (PluginCatalog catalog =
        home.isPresent()
            ? PluginLoader.loadEach(all(Configurations.read(home.get())), problems)
            : PluginLoader.load(Installation.current().plugins(), problems)) {
      refuse(problems);
      return PipelineSchema.of(catalog);
    }
  }

  private static void refuse(Problems problems) {
    if (!problems.isEmpty()) {
      throw new Refusal(problems.sorted().stream().map(Object::toString).toList());
    }
  }

  /** Those that come with the distribution. */
  public static List<PluginDirectory> shipped() {
    return all(Installation.current().plugins());
  }

  /** Those of a home. */
  public static List<PluginDirectory> own(ServerConfig config) {
    Path folder = config.pipeline().plugins();
    return Files.isDirectory(folder) ? all(folder) : List.of();
  }

  /** Those that come with the distribution, then those of the home. */
  public static List<PluginDirectory> all(ServerConfig config) {
    return Stream.concat(shipped().stream(), own(config).stream()).toList();
  }

  private static List<PluginDirectory> all(Path folder) {
    try {
      return PluginDirectory.all(folder);
    } catch (IOException e) {
      throw new Refusal("the plugins in %s can't be read: %s".formatted(folder, Reasons.of(e)));
    }
  }

  /**
   * What the pipeline of a home may name.
   *
   * @throws Refusal when a plugin can't be loaded
   */
  public static List<Entry> list(Home home) {
    ServerConfig config = Configurations.read(home);
    return list(shipped(), own(config));
  }

  /** What the plugins of the distribution and these others offer. */
  public static List<Entry> list(List<PluginDirectory> shipped, List<PluginDirectory> own) {
    Set<String> ours = shipped.stream().map(PluginDirectory::name).collect(Collectors.toSet());
    Problems problems = new Problems();
    List<PluginDirectory> both = Stream.concat(shipped.stream(), own.stream()).toList();
    try (PluginCatalog catalog = PluginLoader.loadEach(both, problems)) {
      refuse(problems);
      List<Entry> entries = new ArrayList<>();
      for (PluginType.Kind kind : PluginType.Kind.values()) {
        catalog.all(kind).forEach(type -> entries.add(entry(type, ours.contains(type.plugin()))));
      }
      return entries;
    }
  }

  private static Entry entry(PluginType type, boolean shipped) {
    return new Entry(
        type.kind().name().toLowerCase(Locale.ROOT),
        type.name(),
        type.plugin(),
        type.version(),
        shipped ? "distribution" : "home",
        type.doc(),
        type.parameters().stream()
            .map(
                parameter ->
                    new ParameterEntry(
                        parameter.name(),
                        parameter.typeName(),
                        ReferencePage.form(parameter),
                        parameter.unit(),
                        parameter.isRequired(),
                        parameter.fallback().orElse(""),
                        parameter.doc()))
            .toList());
  }
}
