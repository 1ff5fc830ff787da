package dev.postrider.protocol.smtp.server;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The argument of MAIL and RCPT: a path in angle brackets, then parameters (RFC 5321 §4.1.2). A
 * source route is dropped (§4.1.1.3 allows it); blanks after the colon are tolerated.
 *
 * @param path what stands between the brackets, without source route
 * @param parameters by upper-case keyword, an absent value as the empty string
 */
record PathArgument(String path, Map<String, String> parameters) {

  /** Empty if it is not of that form, or a parameter is given twice. */
  static Optional<PathArgument> parse(String keyword, String arguments) {
    if (!arguments.regionMatches(true, 0, keyword, 0, keyword.length())) {
      return Optional.empty();
    }
    String rest = arguments.substring(keyword.length()).stripLeading();
    int end = rest.startsWith("<") ? closing(rest) : -1;
    if (end < 0) {
      return Optional.empty();
    }
    String after = rest.substring(end + 1);
    if (!after.isEmpty() && after.charAt(0) != ' ') {
      return Optional.empty();
    }
    return parameters(after.strip())
        .map(found -> new PathArgument(withoutRoute(rest.substring(1, end)), found));
  }

  /** The bracket that ends the path; one within a quoted local part does not. */
  private static int closing(String text) {
    boolean quoted = false;
    for (int i = 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && quoted) {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == '>' && !quoted) {
        return i;
      }
    }
    return -1;
  }

  private static String withoutRoute(String path) {
    int colon = path.indexOf(':');
    return path.startsWith("@") && colon > 0 ? path.substring(colon + 1) : path;
  }

  private static Optional<Map<String, String>> parameters(String text) {
    Map<String, String> out = new LinkedHashMap<>();
    if (text.isEmpty()) {
      return Optional.of(out);
    }
    for (String word : text.split(" +")) {
      int equals = word.indexOf('=');
      String key = (equals < 0 ? word : word.substring(0, equals)).toUpperCase(Locale.ROOT);
      String value = equals < 0 ? "" : word.substring(equals + 1);
      boolean wellFormed = !key.isEmpty() && (equals < 0 || !value.isEmpty());
      if (!wellFormed || out.put(key, value) != null) {
        return Optional.empty();
      }
    }
    return Optional.of(out);
  }

  /** Whether the path needs SMTPUTF8. */
  boolean needsUtf8() {
    return path.chars().anyMatch(c -> c > 0x7f);
  }
}
