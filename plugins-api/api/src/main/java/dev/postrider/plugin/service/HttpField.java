package dev.postrider.plugin.service;

/**
 * A header field of an HTTP message (RFC 9110 §5).
 *
 * @param name a token; case does not matter
 * @param value without line ends, trimmed
 * @since 1.0
 */
public record HttpField(String name, String value) {

  private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

  /**
   * Checks the form.
   *
   * @throws IllegalArgumentException when the name is no token, or the value holds a control
   *     character or one above U+00FF: one value never becomes two fields
   */
  public HttpField {
    value = value.strip();
    if (!isToken(name)) {
      throw new IllegalArgumentException("'" + name + "' is not the name of an HTTP field");
    }
    if (!value.chars().allMatch(c -> c == '\t' || (c >= ' ' && c != 0x7f && c <= 0xff))) {
      throw new IllegalArgumentException(
          "the value of the HTTP field " + name + " holds a character that does not go there");
    }
  }

  /** Whether this is the named field. */
  public boolean is(String other) {
    return name.equalsIgnoreCase(other);
  }

  /** Whether the text is a token (RFC 9110 §5.6.2). */
  static boolean isToken(String text) {
    return !text.isEmpty()
        && text.chars()
            .allMatch(
                c ->
                    (c >= 'a' && c <= 'z')
                        || (c >= 'A' && c <= 'Z')
                        || (c >= '0' && c <= '9')
                        || TOKEN_MARKS.indexOf(c) >= 0);
  }
}
