package dev.postrider.protocol.testkit;

import java.util.regex.Pattern;

/**
 * What a line must look like: literally the text; or, with {@code ...} at its end, beginning with
 * what stands before; or, with {@code /regex/} at its end, what stands before and then the pattern.
 */
record Expectation(String text) {

  boolean matches(String line) {
    if (text.endsWith("...")) {
      return line.startsWith(text.substring(0, text.length() - 3));
    }
    int slash = text.indexOf('/');
    if (slash >= 0 && slash < text.length() - 1 && text.endsWith("/")) {
      String pattern =
          Pattern.quote(text.substring(0, slash)) + text.substring(slash + 1, text.length() - 1);
      return line.matches(pattern);
    }
    return line.equals(text);
  }
}
