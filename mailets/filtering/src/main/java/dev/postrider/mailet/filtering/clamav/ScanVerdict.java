package dev.postrider.mailet.filtering.clamav;

import dev.postrider.mailet.filtering.OnFailure;

/** What clamd says of a message. */
sealed interface ScanVerdict {

  /** Nothing was found. */
  record Clean() implements ScanVerdict {}

  /**
   * Something was found.
   *
   * @param signature its name: letters, digits and {@code ._:/+-()}, at most 120
   */
  record Found(String signature) implements ScanVerdict {
    private static final int LONGEST = 120;
    private static final String MARKS = "._:/+-()";

    /**
     * Escapes the name.
     *
     * @throws IllegalArgumentException when there is none
     */
    public Found {
      signature = escaped(signature);
      if (signature.isEmpty()) {
        throw new IllegalArgumentException("what was found has no name");
      }
    }

    private static String escaped(String name) {
      StringBuilder out = new StringBuilder();
      name.codePoints()
          .limit(LONGEST)
          .map(c -> c < 0x80 && Character.isLetterOrDigit(c) || MARKS.indexOf(c) >= 0 ? c : '_')
          .forEach(out::appendCodePoint);
      return out.toString();
    }
  }

  /** It takes no message of this size. */
  record TooLarge() implements ScanVerdict {}

  /** It is there, but could not scan this one. */
  record Unable(String reason) implements ScanVerdict {
    /** One line. */
    public Unable {
      reason = OnFailure.oneLine(reason);
    }
  }

  /** In words, which {@link #parse} reads. */
  default String text() {
    return switch (this) {
      case Clean() -> "clean";
      case Found(var signature) -> "found " + signature;
      case TooLarge() -> "too-large";
      case Unable(var reason) -> "unable " + reason;
    };
  }

  /**
   * Reads {@code clean}, {@code found NAME}, {@code too-large} or {@code unable REASON}.
   *
   * @throws IllegalArgumentException when it is none of these
   */
  static ScanVerdict parse(String text) {
    String bare = text.strip();
    int space = bare.indexOf(' ');
    String rest = space < 0 ? "" : bare.substring(space + 1).strip();
    return switch (bare.substring(0, space < 0 ? bare.length() : space)) {
      case "clean" -> new Clean();
      case "too-large" -> new TooLarge();
      case "found" -> new Found(rest);
      case "unable" -> new Unable(rest);
      default ->
          throw new IllegalArgumentException(
              "'"
                  + OnFailure.oneLine(bare)
                  + "' is not clean, found NAME, too-large or unable REASON");
    };
  }
}
