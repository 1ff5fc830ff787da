package dev.postrider.kernel.host.plugin;

import dev.postrider.plugin.Children;
import dev.postrider.plugin.Doc;
import dev.postrider.plugin.Everything;
import dev.postrider.plugin.Param;
import dev.postrider.plugin.Terminal;
import java.lang.reflect.Constructor;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.List;

/**
 * A matcher or mailet that the pipeline may name.
 *
 * @param name the simple class name
 * @param kind which of the two
 * @param plugin whose it is
 * @param version of the plugin
 * @param constructor its only public constructor
 * @param parameters what the XML may give it, in the order of the constructor
 */
public record PluginType(
    String name,
    Kind kind,
    String plugin,
    String version,
    Constructor<?> constructor,
    List<DeclaredParameter> parameters) {

  /** What a plugin class is. */
  public enum Kind {
    /** Says for whom. */
    MATCHER,
    /** Says what. */
    MAILET
  }

  /** Copies the list. */
  public PluginType {
    parameters = List.copyOf(parameters);
  }

  /** The class. */
  public Class<?> type() {
    return constructor.getDeclaringClass();
  }

  /** Who asks where it asks for a service. */
  PluginServices.Asker asker() {
    return new PluginServices.Asker(plugin, type());
  }

  /** What it does; empty where its author did not say. */
  public String doc() {
    Doc doc = type().getAnnotation(Doc.class);
    return doc == null ? "" : doc.value();
  }

  /** Whether it is a mailet that never continues. */
  public boolean isTerminal() {
    return type().isAnnotationPresent(Terminal.class);
  }

  /** Whether it is a matcher that matches every recipient. */
  public boolean matchesEverything() {
    return type().isAnnotationPresent(Everything.class);
  }

  /** Whether it is a matcher made of other matchers. */
  public boolean takesChildren() {
    return Arrays.stream(constructor.getParameters())
        .anyMatch(parameter -> parameter.isAnnotationPresent(Children.class));
  }

  /** Whether this constructor parameter comes from the XML's parameters. */
  static boolean isDeclared(Parameter parameter) {
    return parameter.isAnnotationPresent(Param.class);
  }
}
