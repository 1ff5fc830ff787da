package dev.postrider.plugin;

/**
 * An enhanced status code (RFC 3463), such as {@code 5.1.1}.
 *
 * @param kind 2 success, 4 persistent transient failure, 5 permanent failure
 * @param subject 0 to 999
 * @param detail 0 to 999
 * @since 1.0
 */
public record EnhancedStatus(int kind, int subject, int detail) {

  /** Checks the ranges. */
  public EnhancedStatus {
    if (kind != 2 && kind != 4 && kind != 5) {
      throw new IllegalArgumentException("the class of a status is 2, 4 or 5, not " + kind);
    }
    if (subject < 0 || subject > 999 || detail < 0 || detail > 999) {
      throw new IllegalArgumentException("subject and detail of a status are 0 to 999");
    }
  }

  /**
   * Reads {@code 5.1.1}.
   *
   * @throws IllegalArgumentException when it is not of that form
   */
  public static EnhancedStatus parse(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 3 || !isNumber(parts[0]) || !isNumber(parts[1]) || !isNumber(parts[2])) {
      throw new IllegalArgumentException("'" + Text.shown(text) + "' is not a status like 5.1.1");
    }
    return new EnhancedStatus(
        Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
  }

  private static boolean isNumber(String text) {
    return text.length() <= 3 && Text.isDigits(text);
  }

  @Override
  public String toString() {
    return kind + "." + subject + "." + detail;
  }
}
