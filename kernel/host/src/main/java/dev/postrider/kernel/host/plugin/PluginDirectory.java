package dev.postrider.kernel.host.plugin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The jars of one plugin.
 *
 * @param name of the plugin
 * @param path the directory that holds its jars
 * @param shownAs how messages name it: {@code plugins/NAME}
 */
public record PluginDirectory(String name, Path path, String shownAs) {

  /**
   * Where, below a folder of plugins, one waits whose successor is about to take its place. Until
   * that one is there it still counts, so that a folder can be read at any moment, also after the
   * exchange was cut short between its two renames.
   */
  public static final Path REPLACED = Path.of(".install", "old");

  /** A plugin of a folder of plugins. */
  public static PluginDirectory of(Path folder, Path path) {
    String name = String.valueOf(path.getFileName());
    return new PluginDirectory(name, path, folder.getFileName() + "/" + name);
  }

  /**
   * The plugins of a folder by name; what begins with a dot is none.
   *
   * @throws IOException if it can't be read
   */
  public static List<PluginDirectory> all(Path folder) throws IOException {
    Map<String, PluginDirectory> found = new TreeMap<>();
    for (Path path : visible(folder)) {
      PluginDirectory plugin = of(folder, path);
      found.put(plugin.name(), plugin);
    }
    Path replaced = folder.resolve(REPLACED);
    if (Files.isDirectory(replaced)) {
      for (Path path : visible(replaced)) {
        PluginDirectory old = of(folder, path);
        // The successor may have come after the first look.
        Path successor = folder.resolve(old.name());
        found.putIfAbsent(old.name(), Files.exists(successor) ? of(folder, successor) : old);
      }
    }
    return List.copyOf(found.values());
  }

  private static List<Path> visible(Path folder) throws IOException {
    try (Stream<Path> paths = Files.list(folder)) {
      return paths
          .filter(Files::isDirectory)
          .filter(path -> !String.valueOf(path.getFileName()).startsWith("."))
          .toList();
    }
  }
}
