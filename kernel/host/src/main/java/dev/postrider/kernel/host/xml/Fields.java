package dev.postrider.kernel.host.xml;

import dev.postrider.kernel.problem.NearestName;
import dev.postrider.plugin.ByteSize;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Takes an element apart by declared attributes and children, with a default for each; {@link
 * #close} reports what was not declared. A value that can't be read is a problem and stands as its
 * default, so that reading goes on to the next problem.
 */
public final class Fields implements AutoCloseable {

  private final XmlNode node;
  private final Problems problems;
  private final Set<String> attributes = new LinkedHashSet<>();
  private final Set<String> children = new LinkedHashSet<>();

  /** Opens an element. */
  public Fields(XmlNode node, Problems problems) {
    this.node = node;
    this.problems = problems;
  }

  /** The element. */
  public XmlNode node() {
    return node;
  }

  /** Opens a child of this element. */
  public Fields into(XmlNode child) {
    return new Fields(child, problems);
  }

  /** A problem at this element. */
  public void problem(String what, String suggestion) {
    problems.add(node.place(), what, suggestion);
  }

  /** The attribute as written. */
  public Optional<String> text(String name) {
    attributes.add(name);
    return node.attribute(name).map(String::strip);
  }

  /** The attribute, which has to be there and not be empty. */
  public Optional<String> required(String name) {
    Optional<String> value = text(name).filter(text -> !text.isEmpty());
    if (value.isEmpty()) {
      problem(
          "attribute '" + name + "' of " + node.shown() + " is missing", "add " + name + "=\"…\"");
    }
    return value;
  }

  /**
   * The attribute, read by {@code parse}, which throws {@link IllegalArgumentException} with a
   * reason for a person.
   */
  public <T> T value(String name, T fallback, Function<String, T> parse) {
    return text(name).flatMap(text -> read(name, text, parse)).orElse(fallback);
  }

  /** The element's own text, read by {@code parse}; empty after a problem. */
  public <T> Optional<T> content(Function<String, T> parse) {
    try {
      return Optional.of(parse.apply(node.text()));
    } catch (IllegalArgumentException e) {
      problem(node.shown() + ": " + e.getMessage(), "");
      return Optional.empty();
    }
  }

  private <T> Optional<T> read(String name, String text, Function<String, T> parse) {
    try {
      return Optional.of(parse.apply(text));
    } catch (IllegalArgumentException e) {
      problem("attribute '" + name + "' of " + node.shown() + ": " + e.getMessage(), "");
      return Optional.empty();
    }
  }

  /** A whole number within bounds, both allowed. */
  public int integer(String name, int fallback, int least, int most) {
    String range = "write a whole number from " + least + " to " + most;
    Optional<String> text = text(name);
    if (text.isEmpty()) {
      return fallback;
    }
    try {
      int number = Integer.parseInt(text.get());
      if (number >= least && number <= most) {
        return number;
      }
      problem(shownValue(name, text.get()) + " is out of range", range);
    } catch (NumberFormatException e) {
      problem(shownValue(name, text.get()) + " is not a number", range);
    }
    return fallback;
  }

  /** {@code true} or {@code false}. */
  public boolean flag(String name, boolean fallback) {
    Optional<String> text = text(name);
    if (text.isPresent() && !text.get().equals("true") && !text.get().equals("false")) {
      problem(shownValue(name, text.get()) + " is neither true nor false", "write one of them");
    }
    return text.map(Boolean::parseBoolean).orElse(fallback);
  }

  /** A time that is more than nothing. */
  public Duration duration(String name, Duration fallback) {
    Duration duration = value(name, fallback, Durations::parse);
    if (duration.isZero()) {
      problem(shownValue(name, "0") + " is no time at all", "write a time such as 10s or 5m");
      return fallback;
    }
    return duration;
  }

  /** A time that is more than nothing, and no longer than this. */
  public Duration duration(String name, Duration fallback, Duration most) {
    Duration duration = duration(name, fallback);
    if (duration.compareTo(most) <= 0) {
      return duration;
    }
    problem(
        shownValue(name, text(name).orElse("")) + " is too long",
        "write a time of at most " + most.toSeconds() + "s");
    return fallback;
  }

  /** A size in octets. */
  public ByteSize size(String name, ByteSize fallback) {
    return value(name, fallback, ByteSize::parse);
  }

  /** A size in octets within bounds, both allowed. */
  public ByteSize size(String name, ByteSize fallback, ByteSize least, ByteSize most) {
    ByteSize size = size(name, fallback);
    if (size.octets() >= least.octets() && size.octets() <= most.octets()) {
      return size;
    }
    problem(
        shownValue(name, size.toString()) + " is out of range",
        "write a size from " + least + " to " + most);
    return fallback;
  }

  /** One of an enum's names in lower case. */
  public <E extends Enum<E>> Optional<E> choice(String name, Class<E> kind) {
    Optional<String> text = text(name);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    List<String> names = new ArrayList<>();
    for (E constant : kind.getEnumConstants()) {
      names.add(constant.name().toLowerCase(Locale.ROOT));
      if (names.getLast().equals(text.get())) {
        return Optional.of(constant);
      }
    }
    problem(
        shownValue(name, text.get()) + " is not known", NearestName.suggestion(text.get(), names));
    return Optional.empty();
  }

  /** A comma-separated list; empty parts don't count. */
  public <T> List<T> list(String name, List<T> fallback, Function<String, T> parse) {
    Optional<String> text = text(name);
    if (text.isEmpty()) {
      return fallback;
    }
    List<T> values = new ArrayList<>();
    Arrays.stream(text.get().split(","))
        .map(String::strip)
        .filter(part -> !part.isEmpty())
        .forEach(part -> read(name, part, parse).ifPresent(values::add));
    return values;
  }

  /** The only child with this tag; a second one is a problem. */
  public Optional<XmlNode> child(String tag) {
    List<XmlNode> found = children(tag);
    for (XmlNode second : found.subList(Math.min(1, found.size()), found.size())) {
      problems.add(
          second.place(),
          "<" + tag + "> is there twice, first in line " + found.getFirst().place().line(),
          "keep one");
    }
    return found.stream().findFirst();
  }

  /** All children with this tag. */
  public List<XmlNode> children(String tag) {
    children.add(tag);
    return node.children(tag);
  }

  /** Reports attributes, children and text that nobody asked for. */
  @Override
  public void close() {
    for (String name : node.attributes().keySet()) {
      if (!attributes.contains(name)) {
        problem(
            "unknown attribute '" + name + "' of " + node.shown(),
            NearestName.suggestion(name, attributes));
      }
    }
    for (XmlNode child : node.children()) {
      if (!children.contains(child.name())) {
        problems.add(
            child.place(),
            "unknown element <" + child.name() + "> in " + node.shown(),
            attributes.contains(child.name())
                ? "write it as an attribute: " + child.name() + "=\"…\""
                : NearestName.suggestion(child.name(), children));
      }
    }
    if (!node.text().isEmpty() && !children.isEmpty()) {
      problem("stray text '" + node.text() + "' in " + node.shown(), "remove it");
    }
  }

  private String shownValue(String name, String value) {
    return name + " '" + value + "' of " + node.shown();
  }
}
