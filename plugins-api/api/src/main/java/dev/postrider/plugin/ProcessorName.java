package dev.postrider.plugin;

/**
 * The name of a processor of the pipeline; as a parameter type it makes the host check that the
 * processor exists.
 *
 * @param name letters, digits, hyphen, dot and underscore, 1 to 64 of them
 * @since 1.0
 */
public record ProcessorName(String name) {

  /** Checks the form. */
  public ProcessorName {
    boolean sane = !name.isEmpty() && name.length() <= 64;
    for (int i = 0; sane && i < name.length(); i++) {
      char c = name.charAt(i);
      sane = Character.isLetterOrDigit(c) && c < 0x80 || "-._".indexOf(c) >= 0;
    }
    if (!sane) {
      throw new IllegalArgumentException("'" + Text.shown(name) + "' is not a processor name");
    }
  }

  /**
   * Reads a name.
   *
   * @throws IllegalArgumentException when it is not one
   */
  public static ProcessorName parse(String text) {
    return new ProcessorName(text.strip());
  }

  @Override
  public String toString() {
    return name;
  }
}
