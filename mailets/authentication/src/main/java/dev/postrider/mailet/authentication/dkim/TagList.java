package dev.postrider.mailet.authentication.dkim;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A list of {@code name=value} tags, as in signatures and key records (RFC 6376 §3.2). Names depend
 * on case; values keep the white space inside.
 */
public final class TagList {

  private static final int MAX_TAGS = 64;

  private record Tag(String name, String value, int from, int to) {}

  private final String text;
  private final List<Tag> tags;

  private TagList(String text, List<Tag> tags) {
    this.text = text;
    this.tags = tags;
  }

  /**
   * Reads a list in one pass; empty when it breaks the syntax: a name that is none, an empty tag
   * but after the last semicolon, a name twice, a control character, or more than 64 tags.
   */
  public static Optional<TagList> parse(String text) {
    List<Tag> tags = new ArrayList<>();
    Set<String> names = new HashSet<>();
    int start = 0;
    while (start < text.length()) {
      int semicolon = text.indexOf(';', start);
      int end = semicolon < 0 ? text.length() : semicolon;
      if (semicolon < 0 && !tags.isEmpty() && isBlank(text, start, end)) {
        break;
      }
      Optional<Tag> tag = tag(text, start, end);
      if (tag.isEmpty() || !names.add(tag.get().name()) || tags.size() == MAX_TAGS) {
        return Optional.empty();
      }
      tags.add(tag.get());
      start = end + 1;
    }
    return Optional.of(new TagList(text, tags));
  }

  /** The value of a tag, white space around it removed. */
  public Optional<String> get(String name) {
    return tags.stream().filter(tag -> tag.name().equals(name)).map(Tag::value).findFirst();
  }

  /** The value of a tag without any white space, as base64 and lists of names are read. */
  public Optional<String> compact(String name) {
    return get(name).map(TagList::withoutSpace);
  }

  /** The whole text with the value of a tag and the white space around that cut out (§3.7). */
  public String without(String name) {
    return tags.stream()
        .filter(tag -> tag.name().equals(name))
        .findFirst()
        .map(tag -> text.substring(0, tag.from()) + text.substring(tag.to()))
        .orElse(text);
  }

  /** The name of the first tag. */
  Optional<String> firstName() {
    return tags.isEmpty() ? Optional.empty() : Optional.of(tags.getFirst().name());
  }

  static String withoutSpace(String value) {
    StringBuilder out = new StringBuilder(value.length());
    for (int i = 0; i < value.length(); i++) {
      if (!isSpace(value.charAt(i))) {
        out.append(value.charAt(i));
      }
    }
    return out.toString();
  }

  private static Optional<Tag> tag(String text, int start, int end) {
    int equals = text.indexOf('=', start);
    if (equals < 0 || equals >= end) {
      return Optional.empty();
    }
    String name = trimmed(text, start, equals);
    String value = trimmed(text, equals + 1, end);
    return isName(name) && isValue(value)
        ? Optional.of(new Tag(name, value, equals + 1, end))
        : Optional.empty();
  }

  private static String trimmed(String text, int start, int end) {
    int from = start;
    int to = end;
    while (from < to && isSpace(text.charAt(from))) {
      from++;
    }
    while (to > from && isSpace(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  private static boolean isBlank(String text, int start, int end) {
    return trimmed(text, start, end).isEmpty();
  }

  private static boolean isName(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      if (!letter && (i == 0 || !((c >= '0' && c <= '9') || c == '_'))) {
        return false;
      }
    }
    return !name.isEmpty();
  }

  // Octets above ASCII are UTF-8 in mail with international addresses (RFC 8616).
  private static boolean isValue(String value) {
    return value.chars().allMatch(c -> (c >= ' ' && c != 0x7f) || isSpace((char) c));
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
  }
}
