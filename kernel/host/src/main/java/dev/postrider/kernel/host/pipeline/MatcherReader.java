package dev.postrider.kernel.host.pipeline;

import dev.postrider.kernel.host.plugin.GivenParameter;
import dev.postrider.kernel.host.plugin.Made;
import dev.postrider.kernel.host.plugin.PluginFactory;
import dev.postrider.kernel.host.plugin.PluginType;
import dev.postrider.kernel.host.xml.Problems;
import dev.postrider.kernel.host.xml.XmlNode;
import dev.postrider.kernel.pipeline.Criterion;
import dev.postrider.kernel.pipeline.NamedMatcher;
import dev.postrider.kernel.problem.NearestName;
import dev.postrider.kernel.problem.Place;
import dev.postrider.plugin.Matcher;
import dev.postrider.plugin.Param;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the matchers of one processor: those that an entry names in {@code match}, and those made
 * of others under a name of their own, which the entries below can use.
 */
final class MatcherReader {

  /** A matcher, and what is known of when it matches. */
  record Found(Matcher matcher, Criterion criterion) {}

  private record Named(Place place, Optional<Found> found) {}

  private final PluginFactory plugins;
  private final Problems problems;
  private final Map<String, Named> named = new HashMap<>();

  MatcherReader(PluginFactory plugins, Problems problems) {
    this.plugins = plugins;
    this.problems = problems;
  }

  /** Reads a {@code <matcher name="…" match="…">} of a processor. */
  void define(XmlNode node) {
    Optional<String> name = node.attribute("name");
    if (name.isEmpty()) {
      problems.add(
          node.place(),
          "a matcher of a processor has no name",
          "add name=\"…\" to " + node.shown());
    }
    Named matcher = new Named(node.place(), nested(node));
    Named first = named.putIfAbsent(name.orElse(""), matcher);
    if (first != null && name.isPresent()) {
      problems.add(
          node.place(),
          "a second matcher has the name '"
              + name.get()
              + "', first in line "
              + first.place().line(),
          "give it another name");
    }
  }

  /** The matcher of {@code match="…"}: a name defined above, or a class and its condition. */
  Optional<Found> find(String text, Place place) {
    Named known = named.get(text);
    return known == null ? make(text, List.of(), place) : known.found();
  }

  private Optional<Found> nested(XmlNode node) {
    for (String attribute : node.attributes().keySet()) {
      if (!attribute.equals("name") && !attribute.equals("match")) {
        problems.add(
            node.place(),
            "unknown attribute '" + attribute + "' of " + node.shown(),
            NearestName.suggestion(attribute, Set.of("name", "match")));
      }
    }
    List<Found> children = new ArrayList<>();
    boolean sane = true;
    for (XmlNode child : node.children()) {
      Optional<Found> found = child(child, node);
      sane &= found.isPresent();
      String text = child.attribute("match").orElse("");
      found.ifPresent(
          one ->
              children.add(
                  new Found(
                      new NamedMatcher(
                          text, child.place(), one.matcher(), one.criterion().combination()),
                      one.criterion())));
    }
    Optional<String> match = node.attribute("match");
    if (match.isEmpty()) {
      problems.add(node.place(), node.shown() + " has no match", "add match=\"And\", for one");
      return Optional.empty();
    }
    if (!sane) {
      return Optional.empty();
    }
    return children.isEmpty()
        ? find(match.get(), node.place())
        : make(match.get(), children, node.place());
  }

  private Optional<Found> child(XmlNode child, XmlNode parent) {
    if (child.name().equals("matcher")) {
      return nested(child);
    }
    problems.add(
        child.place(),
        "unknown element <" + child.name() + "> in " + parent.shown(),
        NearestName.suggestion(child.name(), List.of("matcher")));
    return Optional.empty();
  }

  private Optional<Found> make(String text, List<Found> children, Place place) {
    int equals = text.indexOf('=');
    String written = (equals < 0 ? text : text.substring(0, equals)).strip();
    List<GivenParameter> given =
        equals < 0
            ? List.of()
            : List.of(
                new GivenParameter(Param.CONDITION, text.substring(equals + 1).strip(), place));
    Optional<PluginType> type =
        plugins.type(PluginType.Kind.MATCHER, written, named.keySet(), place, problems);
    if (type.isEmpty()) {
      return Optional.empty();
    }
    Optional<Made<Matcher>> made =
        plugins.matcher(
            type.get(), given, children.stream().map(Found::matcher).toList(), place, problems);
    List<Criterion> inner = children.stream().map(Found::criterion).toList();
    return made.map(Made::instance)
        .map(matcher -> new Found(matcher, type.get().criterion(text, matcher, inner)));
  }
}
