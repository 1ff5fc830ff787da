package dev.postrider.kernel.host.pipeline;

import dev.postrider.kernel.host.plugin.GivenParameter;
import dev.postrider.kernel.host.plugin.Made;
import dev.postrider.kernel.host.plugin.PluginFactory;
import dev.postrider.kernel.host.plugin.PluginType;
import dev.postrider.kernel.host.xml.Problems;
import dev.postrider.kernel.host.xml.XmlNode;
import dev.postrider.kernel.pipeline.Criterion;
import dev.postrider.kernel.pipeline.Entry;
import dev.postrider.kernel.pipeline.OnException;
import dev.postrider.kernel.problem.NearestName;
import dev.postrider.plugin.Action;
import dev.postrider.plugin.Mailet;
import dev.postrider.plugin.Matcher;
import dev.postrider.plugin.Recipient;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads what is in one {@code <processor>}. */
final class EntryReader {

  private static final String DOES = "does";
  private static final String ON_MATCH = "onMatchException";
  private static final String ON_MAILET = "onMailetException";
  private static final Set<String> ATTRIBUTES =
      Set.of("match", "notmatch", "class", DOES, ON_MATCH, ON_MAILET);

  private final PluginFactory plugins;
  private final Problems problems;
  private final Problems notices;
  private final MatcherReader matchers;

  EntryReader(PluginFactory plugins, Problems problems, Problems notices) {
    this.plugins = plugins;
    this.problems = problems;
    this.notices = notices;
    this.matchers = new MatcherReader(plugins, problems);
  }

  List<Entry> read(XmlNode processor) {
    processor.children("matcher").forEach(matchers::define);
    List<Entry> entries = new ArrayList<>();
    for (XmlNode child : processor.children()) {
      switch (child.name()) {
        case "mailet" -> entry(child).ifPresent(entries::add);
        case "matcher" -> {
          // Read above: an entry may stand before the matcher it names, as in James.
        }
        default ->
            problems.add(
                child.place(),
                "unknown element <" + child.name() + "> in " + processor.shown(),
                NearestName.suggestion(child.name(), List.of("mailet", "matcher")));
      }
    }
    return entries;
  }

  private Optional<Entry> entry(XmlNode node) {
    checkAttributes(node);
    OnException onMatch = new ExceptionRule(node, problems).onMatch(setting(node, ON_MATCH));
    OnException onMailet = new ExceptionRule(node, problems).onMailet(setting(node, ON_MAILET));
    Optional<MatcherReader.Found> matcher = matcher(node);
    Optional<String> className = node.attribute("class");
    if (className.isEmpty()) {
      problems.add(node.place(), "a mailet has no class", "add class=\"…\" to " + node.shown());
      return Optional.empty();
    }
    Optional<PluginType> type =
        plugins.type(PluginType.Kind.MAILET, className.get(), Set.of(), node.place(), problems);
    Optional<Made<Mailet>> mailet =
        type.flatMap(
            known -> plugins.mailet(known, parameters(node, known), node.place(), problems));
    if (matcher.isEmpty() || type.isEmpty() || mailet.isEmpty()) {
      return Optional.empty();
    }
    Optional<Set<Action>> told = told(node, type.get());
    Mailet instance = mailet.get().instance();
    return Optional.of(
        new Entry(
            node.place(),
            matchText(node),
            matcher.get().matcher(),
            matcher.get().criterion(),
            type.get().name(),
            told.<Mailet>map(does -> new BoundMailet(instance, does)).orElse(instance),
            type.get().isTerminal(),
            told.or(type.get()::does),
            mailet.get().targets(),
            onMatch,
            onMailet));
  }

  /** What the file says that a mailet may do whose author does not say it. */
  private Optional<Set<Action>> told(XmlNode node, PluginType type) {
    Optional<Set<Action>> told =
        node.attribute(DOES).map(text -> ActionWords.read(text, node, problems));
    if (told.isPresent() && type.does().isPresent()) {
      problems.add(
          node.place(),
          "'" + type.name() + "' declares itself what it does (@Does)",
          "take does=\"…\" out of " + node.shown());
      return Optional.empty();
    }
    return told;
  }

  private Optional<MatcherReader.Found> matcher(XmlNode node) {
    Optional<String> not = node.attribute("notmatch");
    if (not.isEmpty()) {
      return matchers.find(node.attribute("match").orElse("All"), node.place());
    }
    if (node.attribute("match").isPresent()) {
      problems.add(node.place(), node.shown() + " has both match and notmatch", "keep one");
      return Optional.empty();
    }
    return matchers
        .find(not.get(), node.place())
        .map(
            found ->
                new MatcherReader.Found(
                    inverse(found.matcher()), Criterion.not(found.criterion())));
  }

  private static Matcher inverse(Matcher matcher) {
    return mail -> {
      Set<Recipient> rest = new LinkedHashSet<>(mail.recipients());
      rest.removeAll(matcher.match(mail));
      return rest;
    };
  }

  private static String matchText(XmlNode node) {
    return node.attribute("notmatch")
        .map(text -> "not " + text)
        .orElseGet(() -> node.attribute("match").orElse("All"));
  }

  private List<GivenParameter> parameters(XmlNode node, PluginType type) {
    List<GivenParameter> given = new ArrayList<>();
    for (XmlNode child : node.children()) {
      if (child.name().equals(ON_MATCH) || child.name().equals(ON_MAILET)) {
        continue;
      }
      for (String attribute : child.attributes().keySet()) {
        problems.add(
            child.place(),
            "the parameter <%s> of '%s' has an attribute '%s'"
                .formatted(child.name(), type.name(), attribute),
            "a parameter is just text: <" + child.name() + ">…</" + child.name() + ">");
      }
      if (!child.children().isEmpty()) {
        problems.add(
            child.children().getFirst().place(),
            "the parameter <" + child.name() + "> of '" + type.name() + "' holds an element",
            "a parameter is text; write &lt; for <");
      } else if (!JamesParameters.ignored(type, child, notices)) {
        given.add(new GivenParameter(child.name(), child.text(), child.place()));
      }
    }
    return given;
  }

  private static Optional<String> setting(XmlNode node, String name) {
    return node.attribute(name)
        .or(() -> node.children(name).stream().findFirst().map(XmlNode::text))
        .map(String::strip);
  }

  private void checkAttributes(XmlNode node) {
    for (String attribute : node.attributes().keySet()) {
      if (!ATTRIBUTES.contains(attribute)) {
        problems.add(
            node.place(),
            "unknown attribute '" + attribute + "' of " + node.shown(),
            NearestName.of(attribute, ATTRIBUTES).isPresent()
                ? NearestName.suggestion(attribute, ATTRIBUTES)
                : "parameters are elements: <" + attribute + ">…</" + attribute + ">");
      }
    }
  }
}
