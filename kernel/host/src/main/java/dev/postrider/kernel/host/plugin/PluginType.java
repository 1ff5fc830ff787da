package dev.postrider.kernel.host.plugin;

import dev.postrider.kernel.pipeline.Criterion;
import dev.postrider.plugin.Action;
import dev.postrider.plugin.Children;
import dev.postrider.plugin.Combines;
import dev.postrider.plugin.Decides;
import dev.postrider.plugin.Doc;
import dev.postrider.plugin.Does;
import dev.postrider.plugin.Everything;
import dev.postrider.plugin.Matcher;
import dev.postrider.plugin.Param;
import dev.postrider.plugin.Terminal;
import java.lang.reflect.Constructor;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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

  /** All that the mailet may do; empty where its author does not say. */
  public Optional<Set<Action>> does() {
    return Optional.ofNullable(type().getAnnotation(Does.class))
        .map(does -> Set.copyOf(List.of(does.value())));
  }

  /**
   * What its author says of when the matcher matches.
   *
   * @param text the matcher as written
   * @param matcher made of this type
   * @param children what is known of those nested in it
   */
  public Criterion criterion(String text, Matcher matcher, List<Criterion> children) {
    Decides decides = type().getAnnotation(Decides.class);
    Combines combines = type().getAnnotation(Combines.class);
    if (type().isAnnotationPresent(Everything.class)) {
      return new Criterion.Always();
    }
    if (combines != null && !children.isEmpty()) {
      return new Criterion.Combined(combines.value(), children);
    }
    return decides == null
        ? new Criterion.Unsaid(text)
        : new Criterion.Decided(decides.value(), decides.inverted(), text, matcher);
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
