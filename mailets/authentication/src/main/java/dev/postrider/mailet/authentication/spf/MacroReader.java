package dev.postrider.mailet.authentication.spf;

import dev.postrider.plugin.Text;
import java.util.ArrayList;
import java.util.List;

/** Reads text with macros (RFC 7208 §7.1) in one linear pass. */
final class MacroReader {

  private static final String LETTERS = "slodiphv";
  private static final String OF_EXPLANATIONS = LETTERS + "crt";
  private static final String DELIMITERS = ".-+,/_=";
  private static final int LARGEST = 128;

  private final String text;
  private final String letters;
  private final List<MacroString.Part> parts = new ArrayList<>();
  private final StringBuilder literal = new StringBuilder();
  private boolean endsInMacro;
  private int at;

  private MacroReader(String text, String letters) {
    this.text = text;
    this.letters = letters;
  }

  /** A {@code domain-spec}: it ends in a macro or in a dot and a top label. */
  static MacroString domain(String text) throws SpfSyntaxException {
    MacroReader reader = new MacroReader(text, LETTERS);
    MacroString read = reader.read(false);
    if (!reader.endsInMacro && !endsInTopLabel(text)) {
      throw new SpfSyntaxException("'" + Text.shown(text) + "' is no domain name");
    }
    return read;
  }

  /** The value of an unknown modifier. */
  static MacroString text(String text) throws SpfSyntaxException {
    return new MacroReader(text, OF_EXPLANATIONS).read(false);
  }

  /** An {@code explain-string}. */
  static MacroString explanation(String text) throws SpfSyntaxException {
    return new MacroReader(text, OF_EXPLANATIONS).read(true);
  }

  private MacroString read(boolean spaces) throws SpfSyntaxException {
    while (at < text.length()) {
      char c = text.charAt(at);
      endsInMacro = c == '%';
      if (c == '%') {
        macro();
      } else if ((c > ' ' && c <= '~') || (spaces && c == ' ')) {
        literal.append(c);
        at++;
      } else {
        throw wrong();
      }
    }
    flush();
    return new MacroString(parts);
  }

  private void macro() throws SpfSyntaxException {
    char kind = at + 1 < text.length() ? text.charAt(at + 1) : 0;
    at += 2;
    switch (kind) {
      case '%' -> literal.append('%');
      case '_' -> literal.append(' ');
      case '-' -> literal.append("%20");
      case '{' -> value();
      default -> throw wrong();
    }
  }

  private void value() throws SpfSyntaxException {
    int end = text.indexOf('}', at);
    if (end <= at) {
      throw wrong();
    }
    char letter = text.charAt(at++);
    char lower = Character.toLowerCase(letter);
    if (letter >= 0x80 || letters.indexOf(lower) < 0) {
      throw wrong();
    }
    int digits = at;
    while (at < end && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    int keep = keep(text.substring(digits, at));
    boolean reversed = at < end && (text.charAt(at) == 'r' || text.charAt(at) == 'R');
    at += reversed ? 1 : 0;
    String delimiters = text.substring(at, end);
    if (!delimiters.chars().allMatch(c -> DELIMITERS.indexOf(c) >= 0)) {
      throw wrong();
    }
    at = end + 1;
    flush();
    parts.add(
        new MacroString.Value(
            lower, letter != lower, keep, reversed, delimiters.isEmpty() ? "." : delimiters));
  }

  private int keep(String digits) throws SpfSyntaxException {
    if (digits.isEmpty()) {
      return 0;
    }
    int keep = digits.length() > 3 ? LARGEST : Math.min(Integer.parseInt(digits), LARGEST);
    if (keep == 0) {
      throw wrong();
    }
    return keep;
  }

  private void flush() {
    if (!literal.isEmpty()) {
      parts.add(new MacroString.Literal(literal.toString()));
      literal.setLength(0);
    }
  }

  private SpfSyntaxException wrong() {
    return new SpfSyntaxException("'" + Text.shown(text) + "' holds a macro that is none");
  }

  private static boolean endsInTopLabel(String text) {
    int end = text.endsWith(".") ? text.length() - 1 : text.length();
    int dot = text.lastIndexOf('.', end - 1);
    if (dot < 0 || end - dot < 2) {
      return false;
    }
    boolean other = false;
    for (int i = dot + 1; i < end; i++) {
      char c = text.charAt(i);
      boolean digit = c >= '0' && c <= '9';
      boolean inner = c == '-' && i > dot + 1 && i < end - 1;
      if (!digit && !inner && !(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z')) {
        return false;
      }
      other |= !digit;
    }
    return other;
  }
}
