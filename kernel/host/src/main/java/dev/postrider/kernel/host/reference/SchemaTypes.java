package dev.postrider.kernel.host.reference;

import dev.postrider.kernel.host.plugin.DeclaredParameter;
import java.util.List;
import java.util.Locale;

/** The simple types of the schema: what the text of parameters may look like. */
final class SchemaTypes {

  private static final String ANY = "xs:string";

  /**
   * A parameter's element.
   *
   * @param doc the mailets that take it, and what it means there
   * @param kinds what its text may be, in all of them
   */
  record Element(String doc, List<ValueKind> kinds) {
    Element {
      kinds = List.copyOf(kinds);
    }
  }

  private final SchemaWriter out;

  SchemaTypes(SchemaWriter out) {
    this.out = out;
  }

  /** The types that every pipeline has. */
  void write() {
    named("placeholder", "Filled in from the environment.", ".*[$][{]env:.*[}].*");
    named(
        "time",
        "A time, such as 500ms, 10s, 5m, 2h or 3d.",
        "[0-9]+ *" + anyCase("(ms|s|m|h|d|w)"));
    named("number", "A whole number.", "[+\\-]?[0-9]+");
    out.element(
        "simpleType",
        List.of("name", "flag"),
        () -> {
          out.documentation("true or false");
          union(
              "placeholder",
              () -> {
                enumeration(List.of("true", "false"));
                pattern(out, anyCase("(true|false|yes|no)"));
              });
        });
  }

  /** The element of a parameter. */
  void parameter(String name, Element parameter) {
    out.element(
        "element",
        parameter.kinds().equals(List.of(new ValueKind.Flag()))
            ? List.of("name", name, "type", "flag")
            : List.of("name", name),
        () -> {
          out.documentation(parameter.doc());
          if (!parameter.kinds().equals(List.of(new ValueKind.Flag()))) {
            out.element("simpleType", List.of(), () -> text(parameter.kinds()));
          }
        });
  }

  private void text(List<ValueKind> kinds) {
    boolean any = kinds.stream().anyMatch(ValueKind.Other.class::isInstance);
    StringBuilder members = new StringBuilder("placeholder");
    for (ValueKind kind : kinds) {
      switch (kind) {
        case ValueKind.Whole _ -> members.append(" number");
        case ValueKind.Time _ -> members.append(" time");
        case ValueKind.Flag _ -> members.append(" flag");
        case ValueKind.OneOf _, ValueKind.Other _ -> {
          // Inside of the union.
        }
      }
    }
    union(
        any ? members + " " + ANY : members.toString(),
        () -> {
          for (ValueKind kind : kinds) {
            if (kind instanceof ValueKind.OneOf(List<String> names)) {
              enumeration(names);
              pattern(out, anyCase("(" + String.join("|", names) + ")").replace("-", "[\\-_]"));
            }
          }
        });
  }

  /** What a parameter is, in words. */
  static String words(DeclaredParameter parameter) {
    return parameter.doc()
        + " ("
        + ValueKind.of(parameter).words().replace("`", "")
        + (parameter.unit().isEmpty() ? "" : ", " + parameter.unit())
        + parameter
            .fallback()
            .map(text -> "; " + (text.isEmpty() ? "empty" : text) + " where it is not given")
            .orElse(
                parameter.takesSeveral()
                    ? ""
                    : parameter.isRequired() ? "; required" : "; may be left out")
        + ")";
  }

  /** A type of texts that match. */
  static void pattern(SchemaWriter out, String expression) {
    out.element(
        "simpleType",
        List.of(),
        () ->
            out.element(
                "restriction",
                List.of("base", "xs:token"),
                () -> out.empty("pattern", "value", expression)));
  }

  private void named(String name, String doc, String expression) {
    out.element(
        "simpleType",
        List.of("name", name),
        () -> {
          out.documentation(doc);
          out.element(
              "restriction",
              List.of("base", "xs:token"),
              () -> out.empty("pattern", "value", expression));
        });
  }

  private void union(String members, Runnable more) {
    out.element("union", List.of("memberTypes", members), more);
  }

  private void enumeration(List<String> names) {
    out.element(
        "simpleType",
        List.of(),
        () ->
            out.element(
                "restriction",
                List.of("base", "xs:token"),
                () -> names.forEach(name -> out.empty("enumeration", "value", name))));
  }

  /** The expression with each letter in both cases. */
  private static String anyCase(String expression) {
    StringBuilder both = new StringBuilder();
    for (int i = 0; i < expression.length(); i++) {
      char c = expression.charAt(i);
      String upper = String.valueOf(c).toUpperCase(Locale.ROOT);
      both.append(Character.isLetter(c) ? "[" + c + upper + "]" : String.valueOf(c));
    }
    return both.toString();
  }
}
