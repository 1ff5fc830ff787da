package dev.postrider.kernel.host.pipeline;

import dev.postrider.kernel.host.plugin.PluginFactory;
import dev.postrider.kernel.host.xml.Problems;
import dev.postrider.kernel.host.xml.XmlNode;
import dev.postrider.kernel.pipeline.Pipeline;
import dev.postrider.kernel.pipeline.Processor;
import dev.postrider.kernel.problem.NearestName;
import dev.postrider.plugin.ProcessorName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the outer elements: the root, {@code <processors>} and each {@code <processor>}. */
final class ContainerReader {

  static final String TEST = "test";

  private static final String OURS = "pipeline";
  private static final String JAMES = "mailetcontainer";
  private static final Map<String, String> JAMES_ONLY =
      Map.of(
          "context",
              "the postmaster is an alias of the directory, the host name is in conf/postrider.xml",
          "spooler", "deadlines are in conf/postrider.xml",
          "mailetpackages", "plugins name their classes themselves",
          "matcherpackages", "plugins name their classes themselves");
  // Where an editor finds the schema that 'postrider schema' writes.
  private static final Set<String> EDITOR_ATTRIBUTES =
      Set.of("xmlns:xsi", "xsi:noNamespaceSchemaLocation");
  private static final Set<String> JAMES_ATTRIBUTES = Set.of("enableJmx");

  private final PluginFactory plugins;
  private final Problems problems;
  private final Problems notices;

  ContainerReader(PluginFactory plugins, Problems problems, Problems notices) {
    this.plugins = plugins;
    this.problems = problems;
    this.notices = notices;
  }

  Pipeline read(XmlNode root) {
    boolean james = root.name().equals(JAMES);
    if (!james && !root.name().equals(OURS)) {
      problems.add(root.place(), "the root element is " + root.shown(), "it has to be <pipeline>");
    }
    checkAttributes(root, Set.of());
    Map<String, Processor> processors = new LinkedHashMap<>();
    for (XmlNode child : root.children()) {
      if (!james && child.name().equals(TEST)) {
        continue; // read and run once the pipeline is known to be sound
      }
      if (child.name().equals("processors")) {
        checkAttributes(child, Set.of());
        child.children().forEach(processor -> readProcessor(processor, processors));
      } else if (james && JAMES_ONLY.containsKey(child.name())) {
        notices.add(
            child.place(),
            "<" + child.name() + "> is ignored",
            JAMES_ONLY.getOrDefault(child.name(), ""));
      } else if (james || !child.name().equals(TEST)) {
        // Tests are read and run once the pipeline is known to be sound.
        problems.add(
            child.place(),
            "unknown element <" + child.name() + "> in " + root.shown(),
            NearestName.suggestion(child.name(), List.of("processors", TEST)));
      }
    }
    if (processors.isEmpty() && problems.isEmpty()) {
      problems.add(
          root.place(),
          "there is no processor",
          "add <processors> with a <processor state=\"root\">");
    }
    return new Pipeline(processors);
  }

  private void readProcessor(XmlNode node, Map<String, Processor> processors) {
    if (!node.name().equals("processor")) {
      problems.add(
          node.place(),
          "unknown element <" + node.name() + "> in <processors>",
          NearestName.suggestion(node.name(), List.of("processor")));
      return;
    }
    checkAttributes(node, Set.of("state"));
    String state = node.attribute("state").orElse("");
    try {
      ProcessorName name = ProcessorName.parse(state);
      Processor processor =
          new Processor(
              name.name(), node.place(), new EntryReader(plugins, problems, notices).read(node));
      Processor first = processors.putIfAbsent(name.name(), processor);
      if (first != null) {
        problems.add(
            node.place(),
            "a second processor has the state '"
                + name
                + "', first in line "
                + first.place().line(),
            "give it another state, or join the two");
      }
    } catch (IllegalArgumentException e) {
      problems.add(
          node.place(),
          state.isEmpty() ? "a processor has no state" : String.valueOf(e.getMessage()),
          "write <processor state=\"name\"> with letters, digits, -, . and _");
    }
  }

  private void checkAttributes(XmlNode node, Set<String> known) {
    for (String attribute : node.attributes().keySet()) {
      if (JAMES_ATTRIBUTES.contains(attribute)) {
        notices.add(
            node.place(), "attribute '" + attribute + "' of " + node.shown() + " is ignored", "");
      } else if (!known.contains(attribute) && !EDITOR_ATTRIBUTES.contains(attribute)) {
        problems.add(
            node.place(),
            "unknown attribute '" + attribute + "' of " + node.shown(),
            NearestName.suggestion(attribute, known));
      }
    }
  }
}
