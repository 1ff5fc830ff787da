package dev.postrider.kernel.host.xml;

import dev.postrider.kernel.problem.Place;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An element.
 *
 * @param name its tag
 * @param attributes by name
 * @param text its own text without white space at the ends; empty where it has none
 * @param children elements in the order of the file
 * @param place where its start tag ends
 */
public record XmlNode(
    String name, Map<String, String> attributes, String text, List<XmlNode> children, Place place) {

  /** Copies map and list, and sorts the map. */
  public XmlNode {
    attributes = Collections.unmodifiableMap(new TreeMap<>(attributes));
    children = List.copyOf(children);
  }

  /** An attribute's value. */
  public Optional<String> attribute(String attribute) {
    return Optional.ofNullable(attributes.get(attribute));
  }

  /** The children with this tag. */
  public List<XmlNode> children(String tag) {
    return children.stream().filter(child -> child.name().equals(tag)).toList();
  }

  /** For messages: {@code <listener name="smtp">}, or the tag alone. */
  public String shown() {
    for (String key : List.of("name", "state", "class", "match")) {
      String value = attributes.get(key);
      if (value != null) {
        return "<" + name + " " + key + "=\"" + value + "\">";
      }
    }
    return "<" + name + ">";
  }
}
