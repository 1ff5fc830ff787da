package dev.postrider.mailet.authentication.results;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads RFC 8601 §2.2 and RFC 8617 §4.1.1 in one linear pass. More lenient than its grammar in one
 * point: the value of a property goes on to white space, semicolon or comment, as others write
 * them.
 */
final class ResultsReader {

  private static final char VERSION = '1';
  private static final int PLACE_DIGITS = 2;

  private final String text;
  private int at;
  private @Nullable String comment;

  ResultsReader(String text) {
    this.text = text;
  }

  static Optional<MethodResult> result(String text) {
    ResultsReader reader = new ResultsReader(text);
    return Optional.ofNullable(reader.space() ? reader.one() : null)
        .filter(_ -> reader.at == text.length());
  }

  Optional<ResultsField> field() {
    String id = space() ? word(false) : null;
    if (id == null || id.isEmpty() || !space()) {
      return Optional.empty();
    }
    boolean known = at == text.length() || text.charAt(at) == ';' || next(VERSION);
    if (!known || !space() || (at < text.length() && text.charAt(at) != ';')) {
      return Optional.empty();
    }
    List<MethodResult> results = new ArrayList<>();
    while (next(';') && space()) {
      MethodResult result = one();
      if (result == null) {
        break;
      }
      results.add(result);
    }
    return Optional.of(new ResultsField(id, results));
  }

  Optional<SealedResults> sealed() {
    if (!space() || !next('i') || !space() || !next('=') || !space()) {
      return Optional.empty();
    }
    int start = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    String digits = text.substring(start, at);
    boolean sound = !digits.isEmpty() && digits.length() <= PLACE_DIGITS;
    return sound && space() && next(';')
        ? Optional.of(new SealedResults(Integer.parseInt(digits), text.substring(at)))
        : Optional.empty();
  }

  private @Nullable MethodResult one() {
    String method = keyword();
    if (method == null || !space()) {
      return null;
    }
    if (next('/') && (!space() || keyword() == null || !space())) {
      return null;
    }
    comment = null;
    String result = next('=') && space() ? keyword() : null;
    if (result == null || !space()) {
      return null;
    }
    Optional<String> told = Optional.ofNullable(comment);
    Optional<String> reason = Optional.empty();
    List<Property> properties = new ArrayList<>();
    while (at < text.length() && text.charAt(at) != ';') {
      String name = keyword();
      if (name == null || !space()) {
        return null;
      }
      if (next('=')) {
        String why = name.equalsIgnoreCase("reason") && space() ? word(true) : null;
        if (why == null) {
          return null;
        }
        reason = Optional.of(why);
      } else {
        Property property = property(name);
        if (property == null) {
          return null;
        }
        properties.add(property);
      }
      if (!space()) {
        return null;
      }
    }
    return new MethodResult(method, result, reason, told, properties);
  }

  private @Nullable Property property(String ptype) {
    String name = next('.') && space() ? keyword() : null;
    String value = name != null && space() && next('=') && space() ? word(true) : null;
    return name == null || value == null ? null : new Property(ptype, name, value);
  }

  private boolean next(char wanted) {
    if (at < text.length() && text.charAt(at) == wanted) {
      at++;
      return true;
    }
    return false;
  }

  private @Nullable String keyword() {
    int start = at;
    while (at < text.length() && Keyword.isCharacter(text.charAt(at))) {
      at++;
    }
    String word = text.substring(start, at);
    return Keyword.is(word) ? word : null;
  }

  /**
   * A quoted string, or what goes on to the next white space, semicolon, comment or equals sign.
   */
  private @Nullable String word(boolean equalsToo) {
    if (at < text.length() && text.charAt(at) == '"') {
      return quoted();
    }
    int start = at;
    while (at < text.length() && isOfWord(text.charAt(at), equalsToo)) {
      at++;
    }
    return text.substring(start, at);
  }

  private static boolean isOfWord(char c, boolean equalsToo) {
    return switch (c) {
      case ' ', '\t', '\r', '\n', ';', '(', '"' -> false;
      case '=' -> equalsToo;
      default -> true;
    };
  }

  private @Nullable String quoted() {
    StringBuilder out = new StringBuilder();
    for (at++; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '"') {
        at++;
        return out.toString();
      }
      if (c == '\\' && at + 1 < text.length()) {
        c = text.charAt(++at);
      }
      if (c != '\r' && c != '\n') {
        out.append(c);
      }
    }
    return null;
  }

  /** Passes white space and comments; the text of the first comment is kept. */
  private boolean space() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '(') {
        if (!comment()) {
          return false;
        }
      } else if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
        at++;
      } else {
        return true;
      }
    }
    return true;
  }

  private boolean comment() {
    StringBuilder out = new StringBuilder();
    int depth = 0;
    for (; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '\\' && at + 1 < text.length()) {
        out.append(text.charAt(++at));
        continue;
      }
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (depth == 0) {
        at++;
        comment = comment == null ? out.substring(1) : comment;
        return true;
      }
      out.append(c);
    }
    return false;
  }
}
