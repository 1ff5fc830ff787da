package dev.postrider.kernel.host.reference;

import static dev.postrider.kernel.host.plugin.PluginType.Kind.MAILET;
import static dev.postrider.kernel.host.plugin.PluginType.Kind.MATCHER;

import dev.postrider.kernel.host.pipeline.ActionWords;
import dev.postrider.kernel.host.plugin.DeclaredParameter;
import dev.postrider.kernel.host.plugin.PluginCatalog;
import dev.postrider.kernel.host.plugin.PluginType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An XML Schema (1.0) of {@code pipeline.xml}, for editors: it completes and explains, and finds
 * slips while typing.
 *
 * <p>Schema 1.0 can't make an element's children depend on the value of an attribute. So every
 * parameter is allowed in every mailet, with documentation that names those that take it, and
 * whether it is required there is said in words. Names of matchers are offered, but any text may
 * stand in {@code match}, as conditions and matchers of a processor's own go there too. {@code
 * postrider check} knows it all.
 */
public final class PipelineSchema {

  private static final List<String> STRING = List.of("base", "xs:token");
  private static final String ON_MATCH = "onMatchException";
  private static final String ON_MAILET = "onMailetException";
  private static final String ON_MATCH_DOC =
      "What happens when the matcher fails: nomatch, matchall, propagate (try again later) or the"
          + " state of a processor; error where nothing is said.";
  private static final String ON_MAILET_DOC =
      "What happens when the mailet fails: ignore (go on), propagate (try again later) or the state"
          + " of a processor; error where nothing is said.";

  private record Use(PluginType type, DeclaredParameter parameter) {}

  private final SchemaWriter out = new SchemaWriter();
  private final SchemaTypes types = new SchemaTypes(out);
  private final PluginCatalog catalog;

  private PipelineSchema(PluginCatalog catalog) {
    this.catalog = catalog;
  }

  /** The schema of pipelines that may name what the catalog offers. */
  public static String of(PluginCatalog catalog) {
    PipelineSchema schema = new PipelineSchema(catalog);
    schema.out.element("schema", List.of("elementFormDefault", "qualified"), schema::root);
    return schema.out.finish();
  }

  private void root() {
    out.documentation(
        "The pipeline of a Postrider server, with the plugins that were installed when 'postrider"
            + " schema' wrote this. All parameters are allowed in all mailets here; 'postrider"
            + " check' knows which belong where.");
    complex("pipeline", "What becomes of mail.", this::inPipeline, () -> {});
    matcherType("namedMatcher", true, "A matcher that the mailets of this processor may name.");
    matcherType("nestedMatcher", false, "A matcher inside another one, such as And, Or and Not.");
    types.write();
    names("mailetClass", MAILET);
    names("matchText", MATCHER);
  }

  private void inPipeline() {
    complex("processors", "All processors.", this::processor, () -> {});
    // What a test holds is checked at every load, with better words than a schema has.
    complex(
        "test",
        "A mail, and what has to become of it; run at every load.",
        () -> out.empty("any", "processContents", "skip"),
        () -> out.empty("anyAttribute", "processContents", "skip"));
  }

  private void processor() {
    complex(
        "processor",
        "Mailets that a mail passes in their order, until one gives it its fate.",
        () -> {
          mailet();
          out.empty("element", "name", "matcher", "type", "namedMatcher");
        },
        () ->
            attribute(
                "state",
                "xs:token",
                true,
                "Its name. root, bounces, error and, in sessions, connect, sender, recipient and"
                    + " message have a meaning."));
  }

  private void mailet() {
    complex(
        "mailet",
        "What is done with a mail, for the recipients that the matcher matches.",
        () -> {
          words(ON_MATCH, ON_MATCH_DOC);
          words(ON_MAILET, ON_MAILET_DOC);
          parameters().forEach(types::parameter);
        },
        () -> {
          attribute(
              "match", "matchText", false, "For whom: Name, Name=condition or a matcher above.");
          attribute("notmatch", "matchText", false, "For whom not; in the place of match.");
          attribute("class", "mailetClass", true, "What: the name of a mailet.");
          attribute(
              "does",
              "xs:token",
              false,
              "Where the mailet does not declare it: all that it may do that the proofs at load ask"
                  + " for; nothing else of these happens then. Any of "
                  + ActionWords.all()
                  + ", separated by commas.");
          attribute(ON_MATCH, "xs:token", false, ON_MATCH_DOC);
          attribute(ON_MAILET, "xs:token", false, ON_MAILET_DOC);
        });
  }

  private void words(String name, String doc) {
    out.element("element", List.of("name", name, "type", "xs:token"), () -> out.documentation(doc));
  }

  private void matcherType(String name, boolean named, String doc) {
    out.element(
        "complexType",
        List.of("name", name),
        () -> {
          out.documentation(doc);
          choice(() -> out.empty("element", "name", "matcher", "type", "nestedMatcher"));
          attribute("name", "xs:token", named, "What match=\"…\" of a mailet may say.");
          attribute("match", "matchText", true, "Name, Name=condition or a matcher above.");
        });
  }

  /** A type that completes names of plugins. Other texts go as well where they may be right. */
  private void names(String typeName, PluginType.Kind kind) {
    List<String> rest = kind == MATCHER ? List.of() : List.of(".*[.$].*");
    out.element(
        "simpleType",
        List.of("name", typeName),
        () ->
            out.element(
                "union",
                kind == MATCHER
                    ? List.of("memberTypes", "xs:token")
                    : List.of("memberTypes", "placeholder"),
                () -> {
                  out.element(
                      "simpleType",
                      List.of(),
                      () ->
                          out.element(
                              "restriction", STRING, () -> catalog.all(kind).forEach(this::named)));
                  rest.forEach(pattern -> SchemaTypes.pattern(out, pattern));
                }));
  }

  private void named(PluginType type) {
    out.element("enumeration", List.of("value", type.name()), () -> out.documentation(words(type)));
  }

  private static String words(PluginType type) {
    StringBuilder words = new StringBuilder(type.doc());
    if (type.isTerminal()) {
      words.append(" No mail goes past it.");
    }
    words.append(" Written as ").append(ReferencePage.usage(type)).append('.');
    for (DeclaredParameter parameter : type.parameters()) {
      words.append("\n").append(parameter.isCondition() ? "…" : "<" + parameter.name() + ">");
      words.append(": ").append(SchemaTypes.words(parameter));
    }
    return words.append("\n(plugin ").append(type.plugin()).append(')').toString().strip();
  }

  private Map<String, SchemaTypes.Element> parameters() {
    Map<String, List<Use>> uses = new TreeMap<>();
    for (PluginType type : catalog.all(MAILET)) {
      for (DeclaredParameter parameter : type.parameters()) {
        if (parameter.name().equals(ON_MATCH) || parameter.name().equals(ON_MAILET)) {
          continue;
        }
        uses.computeIfAbsent(parameter.name(), name -> new ArrayList<>())
            .add(new Use(type, parameter));
      }
    }
    Map<String, SchemaTypes.Element> elements = new TreeMap<>();
    uses.forEach(
        (name, all) ->
            elements.put(
                name,
                new SchemaTypes.Element(
                    String.join(
                        "\n",
                        all.stream()
                            .map(
                                use ->
                                    use.type().name() + ": " + SchemaTypes.words(use.parameter()))
                            .toList()),
                    all.stream().map(use -> ValueKind.of(use.parameter())).distinct().toList())));
    return elements;
  }

  private void complex(String name, String doc, Runnable children, Runnable attributes) {
    out.element(
        "element",
        List.of("name", name),
        () -> {
          out.documentation(doc);
          out.element(
              "complexType",
              List.of(),
              () -> {
                choice(children);
                attributes.run();
              });
        });
  }

  private void choice(Runnable children) {
    out.element("choice", List.of("minOccurs", "0", "maxOccurs", "unbounded"), children);
  }

  private void attribute(String name, String type, boolean required, String doc) {
    out.element(
        "attribute",
        List.of("name", name, "type", type, "use", required ? "required" : "optional"),
        () -> out.documentation(doc));
  }
}
