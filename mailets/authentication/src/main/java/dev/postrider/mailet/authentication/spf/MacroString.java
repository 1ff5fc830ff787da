package dev.postrider.mailet.authentication.spf;

import java.util.List;

/**
 * Text with macros (RFC 7208 §7).
 *
 * @param parts in their order
 */
record MacroString(List<Part> parts) {

  /** Copies the list. */
  MacroString {
    parts = List.copyOf(parts);
  }

  /** A piece of it. */
  sealed interface Part {}

  /** As it stands. */
  record Literal(String text) implements Part {}

  /**
   * A value to put in.
   *
   * @param letter which, in lower case
   * @param escaped whether it is put in as in a URL
   * @param keep how many parts from the right; 0 for all
   * @param reversed whether the parts are turned around before
   * @param delimiters what parts them
   */
  record Value(char letter, boolean escaped, int keep, boolean reversed, String delimiters)
      implements Part {}

  /** Whether the name of a validated host is needed. */
  boolean needsValidatedName() {
    return needs("p");
  }

  /** Whether the local part of the sender is needed. */
  boolean needsLocalPart() {
    return needs("sl");
  }

  private boolean needs(String letters) {
    return parts.stream()
        .anyMatch(part -> part instanceof Value value && letters.indexOf(value.letter()) >= 0);
  }
}
