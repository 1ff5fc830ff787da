package dev.postrider.kernel.host.reference;

import dev.postrider.kernel.host.plugin.DeclaredParameter;
import dev.postrider.kernel.host.plugin.PluginType;
import java.util.List;

/**
 * The reference of matchers and mailets in Markdown, from their declarations; a section of each
 * where there are any.
 */
public final class ReferencePage {

  private final StringBuilder out = new StringBuilder();

  private ReferencePage() {}

  /**
   * The page.
   *
   * @param matchers in the order of the page
   * @param mailets in the order of the page
   */
  public static String of(Iterable<PluginType> matchers, Iterable<PluginType> mailets) {
    ReferencePage page = new ReferencePage();
    page.section("Matchers", matchers);
    page.section("Mailets", mailets);
    return page.out.toString();
  }

  private void section(String title, Iterable<PluginType> types) {
    if (!types.iterator().hasNext()) {
      return;
    }
    out.append("## ").append(title).append("\n\n");
    types.forEach(this::entry);
  }

  private void entry(PluginType type) {
    out.append("### ").append(type.name()).append("\n\n").append(type.doc());
    if (type.isTerminal()) {
      out.append(" No mail goes past it.");
    }
    out.append("\n\n    ").append(usage(type)).append("\n\n");
    List<DeclaredParameter> parameters = type.parameters();
    if (!parameters.isEmpty()) {
      out.append("| parameter | type | default | meaning |\n|---|---|---|---|\n");
      parameters.forEach(this::row);
      out.append('\n');
    }
  }

  private void row(DeclaredParameter parameter) {
    out.append("| `")
        .append(parameter.name())
        .append("` | ")
        .append(ValueKind.of(parameter).words())
        .append(parameter.unit().isEmpty() ? "" : ", " + parameter.unit())
        .append(" | ")
        .append(
            parameter
                .fallback()
                .map(text -> "`" + text + "`")
                .orElse(
                    parameter.takesSeveral() ? "" : parameter.isRequired() ? "required" : "none"))
        .append(" | ")
        .append(parameter.doc())
        .append(" |\n");
  }

  /** What the text of a parameter has to look like, in a few words. */
  public static String form(DeclaredParameter parameter) {
    return ValueKind.of(parameter).words().replace("`", "");
  }

  /** How the pipeline names it. */
  static String usage(PluginType type) {
    if (type.kind() == PluginType.Kind.MAILET) {
      return "<mailet match=\"…\" class=\"" + type.name() + "\">";
    }
    if (type.takesChildren()) {
      return "<matcher name=\"…\" match=\""
          + type.name()
          + "\"> <matcher match=\"…\"/> … </matcher>";
    }
    return "match=\"" + type.name() + (type.parameters().isEmpty() ? "\"" : "=…\"");
  }
}
