package dev.postrider.mailet.authentication.spf;

import java.util.List;
import java.util.Optional;

/**
 * A policy (RFC 7208 §4.5, §4.6).
 *
 * @param directives in their order
 * @param redirect whose policy holds where none of them matches
 * @param explanation where to find what to tell those who are refused
 */
record SpfRecord(
    List<Directive> directives, Optional<MacroString> redirect, Optional<MacroString> explanation) {

  private static final String VERSION = "v=spf1";

  /** Copies the list. */
  SpfRecord {
    directives = List.copyOf(directives);
  }

  /** Whether a TXT record is a policy: it starts with the version and a space, or is just that. */
  static boolean isOne(String text) {
    return text.regionMatches(true, 0, VERSION, 0, VERSION.length())
        && (text.length() == VERSION.length() || text.charAt(VERSION.length()) == ' ');
  }

  /** Reads the terms of a policy; any syntax error makes all of it void. */
  static SpfRecord read(String text) throws SpfSyntaxException {
    return new RecordReader(text.substring(VERSION.length())).read();
  }
}
