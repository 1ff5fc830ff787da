package dev.postrider.kernel.host.plugin;

import java.net.URL;
import java.net.URLClassLoader;
import java.net.URLConnection;
import java.util.List;
import java.util.Set;

/**
 * Loads one plugin. It sees the JDK, the packages of the plugin API and its own jars; not the
 * kernel, not the kernel's libraries, not other plugins.
 */
final class PluginClassLoader extends URLClassLoader {

  static {
    registerAsParallelCapable();
    // The JDK keeps jars that are read through a URL open by their path: a plugin that was replaced
    // would go on to read the resources of the one before.
    URLConnection.setDefaultUseCaches("jar", false);
  }

  private static final Set<String> SHARED =
      Set.of(
          "dev.postrider.plugin",
          "dev.postrider.plugin.service",
          "jakarta.inject",
          "org.jspecify.annotations");

  private final ClassLoader api;

  PluginClassLoader(String plugin, List<URL> jars, ClassLoader api) {
    super("plugin " + plugin, jars.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    this.api = api;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    int dot = name.lastIndexOf('.');
    return dot > 0 && SHARED.contains(name.substring(0, dot))
        ? api.loadClass(name)
        : super.loadClass(name, resolve);
  }
}
