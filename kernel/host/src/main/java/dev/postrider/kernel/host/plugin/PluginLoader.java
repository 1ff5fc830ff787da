package dev.postrider.kernel.host.plugin;

import dev.postrider.kernel.host.xml.Problems;
import dev.postrider.kernel.problem.Place;
import dev.postrider.plugin.Mailet;
import dev.postrider.plugin.Matcher;
import dev.postrider.plugin.Plugin;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/** Loads what lies in {@code plugins/NAME/*.jar}, each directory with a class loader of its own. */
public final class PluginLoader {

  private final List<PluginType> types = new ArrayList<>();
  private final List<URLClassLoader> loaders = new ArrayList<>();
  private final Map<String, String> owners = new HashMap<>();
  private final Problems problems;

  private PluginLoader(Problems problems) {
    this.problems = problems;
  }

  /**
   * Loads all plugins of a directory.
   *
   * @param directory holds one directory of jars per plugin
   * @param problems gets what is wrong; the catalog is then incomplete
   */
  public static PluginCatalog load(Path directory, Problems problems) {
    return load(List.of(directory), problems);
  }

  /**
   * Loads all plugins of several directories, such as those of the distribution and those of a
   * home.
   *
   * @param directories each holds one directory of jars per plugin
   * @param problems gets what is wrong; the catalog is then incomplete
   */
  public static PluginCatalog load(List<Path> directories, Problems problems) {
    PluginLoader loader = new PluginLoader(problems);
    directories.forEach(loader::loadAll);
    return new PluginCatalog(loader.types, loader.loaders);
  }

  private void loadAll(Path directory) {
    try {
      for (Path plugin : sorted(directory)) {
        if (Files.isDirectory(plugin)) {
          loadPlugin(plugin, directory.getFileName() + "/" + plugin.getFileName());
        }
      }
    } catch (IOException e) {
      problems.add(
          new Place(String.valueOf(directory.getFileName()), 0),
          "the plugins in '" + directory + "' can't be read: " + e.getMessage(),
          "make the directory, or name another one in <pipeline plugins=\"…\">");
    }
  }

  private void loadPlugin(Path directory, String shownAs) throws IOException {
    Place place = new Place(shownAs, 0);
    List<URL> jars = new ArrayList<>();
    for (Path file : sorted(directory)) {
      if (file.toString().endsWith(".jar")) {
        jars.add(url(file));
      }
    }
    if (jars.isEmpty()) {
      problems.add(place, "the plugin has no jar", "put its jars there, or remove the directory");
      return;
    }
    String name = String.valueOf(directory.getFileName());
    PluginClassLoader loader = new PluginClassLoader(name, jars, Plugin.class.getClassLoader());
    loaders.add(loader);
    try {
      int offered = 0;
      for (Plugin plugin : ServiceLoader.load(Plugin.class, loader)) {
        offered += plugin.matchers().size() + plugin.mailets().size();
        take(plugin, name, place);
      }
      if (offered == 0) {
        problems.add(
            place,
            "the plugin offers no matcher and no mailet",
            "name its Plugin class in META-INF/services/" + Plugin.class.getName());
      }
    } catch (ServiceConfigurationError | LinkageError | RuntimeException e) {
      problems.add(place, "the plugin can't be loaded: " + e, "ask its author");
    }
  }

  private void take(Plugin plugin, String name, Place place) {
    String version = plugin.getClass().getPackage().getImplementationVersion();
    TypeInspection inspection =
        new TypeInspection(place, name, version == null ? "unknown" : version, problems);
    for (Class<? extends Matcher> matcher : plugin.matchers()) {
      inspection.inspect(matcher, PluginType.Kind.MATCHER).ifPresent(type -> add(type, place));
    }
    for (Class<? extends Mailet> mailet : plugin.mailets()) {
      inspection.inspect(mailet, PluginType.Kind.MAILET).ifPresent(type -> add(type, place));
    }
  }

  private void add(PluginType type, Place place) {
    String first = owners.putIfAbsent(type.kind() + " " + type.name(), type.plugin());
    if (first == null) {
      types.add(type);
    } else {
      problems.add(
          place,
          "the plugins '"
              + first
              + "' and '"
              + type.plugin()
              + "' both offer '"
              + type.name()
              + "'",
          "remove one of them");
    }
  }

  private static List<Path> sorted(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().toList();
    }
  }

  private static URL url(Path file) {
    try {
      return file.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalStateException("the path of a file is always a URL: " + file, e);
    }
  }
}
