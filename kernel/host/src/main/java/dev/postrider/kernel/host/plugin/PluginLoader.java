package dev.postrider.kernel.host.plugin;

import dev.postrider.kernel.host.xml.Problems;
import dev.postrider.kernel.pipeline.Patience;
import dev.postrider.kernel.problem.Place;
import dev.postrider.plugin.Job;
import dev.postrider.plugin.MailboxListener;
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
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipException;

/**
 * Loads what lies in {@code plugins/NAME/*.jar}, each directory with a class loader of its own. A
 * jar may say in its manifest for which version of the API it was made ({@code Postrider-Api: 1.0},
 * which is also what is taken where it does not say); one for a newer major version is refused.
 */
public final class PluginLoader {

  private final List<PluginType> types = new ArrayList<>();
  private final List<PluginPart<Job>> jobs = new ArrayList<>();
  private final List<PluginPart<MailboxListener>> listeners = new ArrayList<>();
  private final List<URLClassLoader> loaders = new ArrayList<>();
  private final Map<String, String> owners = new HashMap<>();
  private final Problems problems;
  private final Patience patience;

  private PluginLoader(Problems problems, Patience patience) {
    this.problems = problems;
    this.patience = patience;
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
    return load(directories, List.of(), problems);
  }

  /**
   * Loads all plugins of several directories, and takes others that are loaded already, as tests
   * have them.
   *
   * @param directories each holds one directory of jars per plugin
   * @param present plugins of this process, named after their class
   * @param problems gets what is wrong; the catalog is then incomplete
   */
  public static PluginCatalog load(
      List<Path> directories, List<Plugin> present, Problems problems) {
    List<PluginDirectory> plugins = new ArrayList<>();
    for (Path directory : directories) {
      try {
        plugins.addAll(PluginDirectory.all(directory));
      } catch (IOException e) {
        problems.add(
            new Place(String.valueOf(directory.getFileName()), 0),
            "the plugins in '" + directory + "' can't be read: " + e.getMessage(),
            "make the directory, or name another one in <pipeline plugins=\"…\">");
      }
    }
    PluginLoader loader = new PluginLoader(problems, Patience.standard());
    plugins.forEach(loader::loadPlugin);
    for (Plugin plugin : present) {
      String name = plugin.getClass().getSimpleName();
      loader.take(List.of(plugin), name, new Place(name, 0));
    }
    return new PluginCatalog(loader.types, loader.jobs, loader.listeners, loader.loaders);
  }

  /**
   * Loads just these plugins.
   *
   * @param problems gets what is wrong; the catalog is then incomplete
   */
  public static PluginCatalog loadEach(List<PluginDirectory> plugins, Problems problems) {
    return loadEach(plugins, problems, Patience.standard());
  }

  /** As {@link #loadEach(List, Problems)}, and waits so long for each plugin. */
  public static PluginCatalog loadEach(
      List<PluginDirectory> plugins, Problems problems, Patience patience) {
    PluginLoader loader = new PluginLoader(problems, patience);
    plugins.forEach(loader::loadPlugin);
    return new PluginCatalog(loader.types, loader.jobs, loader.listeners, loader.loaders);
  }

  private void loadPlugin(PluginDirectory plugin) {
    Place place = new Place(plugin.shownAs(), 0);
    try {
      List<Path> jars =
          sorted(plugin.path()).stream().filter(file -> file.toString().endsWith(".jar")).toList();
      if (jars.isEmpty()) {
        problems.add(place, "the plugin has no jar", "put its jars there, or remove the directory");
      } else if (isForThisApi(jars, place)) {
        loadJars(plugin.name(), jars.stream().map(PluginLoader::url).toList(), place);
      }
    } catch (IOException e) {
      problems.add(place, "the plugin can't be read: " + e.getMessage(), "");
    }
  }

  private boolean isForThisApi(List<Path> jars, Place place) throws IOException {
    boolean sane = true;
    for (Path jar : jars) {
      try (JarFile file = new JarFile(jar.toFile(), false)) {
        Manifest manifest = file.getManifest();
        String made =
            manifest == null ? null : manifest.getMainAttributes().getValue(ApiVersion.ATTRIBUTE);
        if (made != null && !ApiVersion.parse(made).isOffered()) {
          sane = false;
          problems.add(
              place,
              "the plugin was made for version %s of the plugin API, and this is %s"
                  .formatted(made.strip(), ApiVersion.OFFERED),
              "take an older version of the plugin, or a newer one of Postrider");
        }
      } catch (IllegalArgumentException e) {
        sane = false;
        problems.add(place, jar.getFileName() + ": " + e.getMessage(), "ask its author");
      } catch (ZipException e) {
        sane = false;
        problems.add(place, jar.getFileName() + " is not a jar: " + e.getMessage(), "copy it anew");
      }
    }
    return sane;
  }

  private void loadJars(String name, List<URL> jars, Place place) {
    PluginClassLoader loader = new PluginClassLoader(name, jars, Plugin.class.getClassLoader());
    loaders.add(loader);
    try {
      int offered = take(ServiceLoader.load(Plugin.class, loader), name, place);
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

  private record Offered(
      List<PluginType> types,
      List<PluginPart<Job>> jobs,
      List<PluginPart<MailboxListener>> listeners) {

    int size() {
      return types.size() + jobs.size() + listeners.size();
    }
  }

  /** How many types they offer, or would, were nothing wrong with them. */
  private int take(Iterable<Plugin> plugins, String name, Place place) {
    Problems own = new Problems();
    try {
      Offered offered = patience.call(() -> inspect(plugins, name, place, own));
      offered.types().forEach(type -> add(type, place));
      jobs.addAll(offered.jobs());
      listeners.addAll(offered.listeners());
      problems.addAll(own.sorted());
      return offered.size() + own.sorted().size();
    } catch (Patience.Exhausted e) {
      problems.add(
          place,
          "the plugin can't be loaded: its Plugin class " + e.getMessage(),
          "its constructor, mailets(), matchers(), jobs() and mailboxListeners() must not wait;"
              + " mend the plugin, or remove it");
      return 1;
    }
  }

  private static Offered inspect(
      Iterable<Plugin> plugins, String name, Place place, Problems problems) {
    Offered offered = new Offered(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (Plugin plugin : plugins) {
      String version = plugin.getClass().getPackage().getImplementationVersion();
      TypeInspection inspection =
          new TypeInspection(place, name, version == null ? "unknown" : version, problems);
      for (Class<? extends Matcher> matcher : plugin.matchers()) {
        inspection.inspect(matcher, PluginType.Kind.MATCHER).ifPresent(offered.types()::add);
      }
      for (Class<? extends Mailet> mailet : plugin.mailets()) {
        inspection.inspect(mailet, PluginType.Kind.MAILET).ifPresent(offered.types()::add);
      }
      for (Class<? extends Job> job : plugin.jobs()) {
        inspection.inspect(Job.class, job).ifPresent(offered.jobs()::add);
      }
      for (Class<? extends MailboxListener> listener : plugin.mailboxListeners()) {
        inspection.inspect(MailboxListener.class, listener).ifPresent(offered.listeners()::add);
      }
    }
    return offered;
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
