package dev.postrider.mailet.spam.reading;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A tag of HTML.
 *
 * @param name in lower case
 * @param closing whether it ends an element
 * @param attributes those that matter here, the first of a name
 * @param end where it ends in the text
 * @param ended whether it has an end
 */
record Tag(String name, boolean closing, Map<String, String> attributes, int end, boolean ended) {

  private static final int NAME = 32;
  private static final int VALUE = 4096;
  private static final String KEPT = " href src style hidden width height type action ";

  /** Reads the tag whose name, or the slash before it, begins here. */
  static Tag read(String text, int from) {
    boolean closing = text.charAt(from) == '/';
    int at = closing ? from + 1 : from;
    int nameEnd = at;
    while (nameEnd < text.length() && !isEnd(text.charAt(nameEnd))) {
      nameEnd++;
    }
    String name = lower(text, at, nameEnd, NAME);
    Map<String, String> attributes = new HashMap<>();
    at = nameEnd;
    while (at < text.length() && text.charAt(at) != '>') {
      at = attribute(text, at, attributes);
    }
    boolean ended = at < text.length();
    return new Tag(name, closing, attributes, ended ? at + 1 : at, ended);
  }

  /** The value of an attribute, or the empty string. */
  String attribute(String key) {
    return attributes.getOrDefault(key, "");
  }

  /** Whether it hides what is in it, as far as it says so itself. */
  boolean hides() {
    if (attributes.containsKey("hidden")) {
      return true;
    }
    String style = attribute("style");
    if (style.isEmpty()) {
      return false;
    }
    StringBuilder dense = new StringBuilder(style.length());
    for (int i = 0; i < style.length(); i++) {
      if (style.charAt(i) > ' ') {
        dense.append(Character.toLowerCase(style.charAt(i)));
      }
    }
    String css = dense.toString();
    return css.contains("display:none")
        || css.contains("visibility:hidden")
        || isZero(css, "font-size:")
        || isZero(css, "max-height:")
        || isZero(css, "opacity:");
  }

  private static boolean isZero(String css, String property) {
    int at = css.indexOf(property);
    if (at < 0) {
      return false;
    }
    int i = at + property.length();
    boolean zero = false;
    while (i < css.length() && (css.charAt(i) == '0' || css.charAt(i) == '.')) {
      zero = true;
      i++;
    }
    return zero && (i == css.length() || css.charAt(i) < '1' || css.charAt(i) > '9');
  }

  private static int attribute(String text, int from, Map<String, String> into) {
    int at = from;
    while (at < text.length() && isSpace(text.charAt(at))) {
      at++;
    }
    int nameEnd = at;
    while (nameEnd < text.length() && text.charAt(nameEnd) != '=' && !isEnd(text.charAt(nameEnd))) {
      nameEnd++;
    }
    if (nameEnd == at) {
      boolean stray = at < text.length() && text.charAt(at) != '>';
      return stray ? at + 1 : at;
    }
    String name = lower(text, at, nameEnd, NAME);
    at = skipSpace(text, nameEnd);
    if (at >= text.length() || text.charAt(at) != '=') {
      keep(name, "", into);
      return at;
    }
    at = skipSpace(text, at + 1);
    if (at >= text.length()) {
      return at;
    }
    char quote = text.charAt(at);
    int end;
    if (quote == '"' || quote == '\'') {
      int close = text.indexOf(quote, at + 1);
      end = close < 0 ? text.length() : close;
      keep(name, text.substring(at + 1, Math.min(end, at + 1 + VALUE)), into);
      return Math.min(end + 1, text.length());
    }
    end = at;
    while (end < text.length() && text.charAt(end) != '>' && !isSpace(text.charAt(end))) {
      end++;
    }
    keep(name, text.substring(at, Math.min(end, at + VALUE)), into);
    return end;
  }

  private static void keep(String name, String value, Map<String, String> into) {
    if (KEPT.contains(" " + name + " ")) {
      into.putIfAbsent(name, value);
    }
  }

  private static int skipSpace(String text, int from) {
    int at = from;
    while (at < text.length() && isSpace(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private static String lower(String text, int from, int to, int most) {
    return text.substring(from, Math.min(to, from + most)).toLowerCase(Locale.ROOT);
  }

  private static boolean isEnd(char c) {
    return isSpace(c) || c == '>' || c == '/';
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
  }
}
