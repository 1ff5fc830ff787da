package dev.postrider.mailet.standard;

import dev.postrider.plugin.ByteSize;
import dev.postrider.plugin.Children;
import dev.postrider.plugin.Doc;
import dev.postrider.plugin.EmailAddress;
import dev.postrider.plugin.EnhancedStatus;
import dev.postrider.plugin.Mailet;
import dev.postrider.plugin.Network;
import dev.postrider.plugin.Param;
import dev.postrider.plugin.Plugin;
import dev.postrider.plugin.ProcessorName;
import dev.postrider.plugin.Terminal;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The reference of a plugin's mailets and matchers in Markdown, from their declarations. */
final class ReferencePage {

  private static final Map<Class<?>, String> TYPES =
      Map.of(
          String.class, "text",
          int.class, "number",
          boolean.class, "`true` or `false`",
          ByteSize.class, "size",
          Network.class, "network",
          EmailAddress.class, "address",
          EnhancedStatus.class, "status",
          ProcessorName.class, "processor");

  private final StringBuilder out = new StringBuilder();

  private ReferencePage() {}

  static String of(Plugin plugin) {
    ReferencePage page = new ReferencePage();
    page.section("Matchers", plugin.matchers());
    page.section("Mailets", plugin.mailets());
    return page.out.toString();
  }

  private void section(String title, Collection<? extends Class<?>> types) {
    out.append("## ").append(title).append("\n\n");
    types.stream().sorted(Comparator.comparing(Class::getSimpleName)).forEach(this::entry);
  }

  private void entry(Class<?> type) {
    out.append("### ").append(type.getSimpleName()).append("\n\n");
    out.append(type.getAnnotation(Doc.class).value());
    if (type.isAnnotationPresent(Terminal.class)) {
      out.append(" No mail goes past it.");
    }
    out.append("\n\n").append(usage(type)).append("\n\n");
    List<Parameter> parameters = declared(type);
    if (!parameters.isEmpty()) {
      out.append("| parameter | type | default | meaning |\n|---|---|---|---|\n");
      parameters.forEach(this::row);
      out.append('\n');
    }
  }

  private void row(Parameter parameter) {
    Param param = parameter.getAnnotation(Param.class);
    out.append("| `")
        .append(param.name())
        .append("` | ")
        .append(type(parameter.getParameterizedType()))
        .append(" | ")
        .append(defaultText(parameter, param))
        .append(" | ")
        .append(param.doc())
        .append(" |\n");
  }

  private static String usage(Class<?> type) {
    String name = type.getSimpleName();
    if (Mailet.class.isAssignableFrom(type)) {
      return "    <mailet match=\"…\" class=\"" + name + "\">";
    }
    boolean nests =
        Stream.of(type.getConstructors()[0].getParameters())
            .anyMatch(parameter -> parameter.isAnnotationPresent(Children.class));
    if (nests) {
      return "    <matcher name=\"…\" match=\"" + name + "\"> <matcher match=\"…\"/> … </matcher>";
    }
    return "    match=\"" + name + (declared(type).isEmpty() ? "\"" : "=…\"");
  }

  private static List<Parameter> declared(Class<?> type) {
    return Stream.of(type.getConstructors()[0].getParameters())
        .filter(parameter -> parameter.isAnnotationPresent(Param.class))
        .toList();
  }

  private static String defaultText(Parameter parameter, Param param) {
    if (!param.defaultValue().equals(Param.REQUIRED)) {
      return "`" + param.defaultValue() + "`";
    }
    return parameter.getType().equals(Optional.class) ? "none" : "required";
  }

  private static String type(Type type) {
    if (type instanceof ParameterizedType generic) {
      String element = type(generic.getActualTypeArguments()[0]);
      return generic.getRawType().equals(Optional.class) ? element : "list of " + element;
    }
    Class<?> plain = (Class<?>) type;
    if (plain.isEnum()) {
      return Stream.of(plain.getEnumConstants())
          .map(each -> "`" + each.toString().toLowerCase(Locale.ROOT) + "`")
          .collect(Collectors.joining(", "));
    }
    String name = TYPES.get(plain);
    if (name == null) {
      throw new IllegalStateException("the reference has no word for the type " + plain.getName());
    }
    return name;
  }
}
