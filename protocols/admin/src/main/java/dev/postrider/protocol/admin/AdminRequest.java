package dev.postrider.protocol.admin;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A request, taken apart.
 *
 * @param method in upper case
 * @param path the decoded segments
 * @param query the decoded values by name
 * @param body its octets; not copied
 */
record AdminRequest(String method, List<String> path, Map<String, List<String>> query, Body body) {

  /** The octets of the body. */
  interface Body {
    /** All of them; don't change the array. */
    byte[] octets();
  }

  /**
   * Takes a request target apart.
   *
   * @throws IllegalArgumentException when it is not percent-encoded as RFC 3986 §2.1 asks
   */
  static AdminRequest of(String method, String target, byte[] body) {
    int question = target.indexOf('?');
    String path = question < 0 ? target : target.substring(0, question);
    List<String> segments = new ArrayList<>();
    for (String segment : path.split("/", -1)) {
      if (!segment.isEmpty()) {
        segments.add(decoded(segment));
      }
    }
    Map<String, List<String>> query = new HashMap<>();
    if (question >= 0) {
      for (String pair : target.substring(question + 1).split("&", -1)) {
        int equals = pair.indexOf('=');
        if (equals > 0) {
          query
              .computeIfAbsent(decoded(pair.substring(0, equals)), name -> new ArrayList<>())
              .add(decoded(pair.substring(equals + 1)));
        }
      }
    }
    return new AdminRequest(method, List.copyOf(segments), query, () -> body);
  }

  // In forms "+" is a blank; in addresses it is a plus.
  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /** The first value of a query parameter, or empty. */
  String parameter(String name) {
    List<String> values = query.getOrDefault(name, List.of());
    return values.isEmpty() ? "" : values.getFirst();
  }
}
