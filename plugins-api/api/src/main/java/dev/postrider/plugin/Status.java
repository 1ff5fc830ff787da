package dev.postrider.plugin;

/**
 * A reply to a mail peer: code, enhanced code and text (RFC 5321 §4.2, RFC 3463).
 *
 * @param code three digits; the first is the class of the enhanced code
 * @param enhanced the enhanced code
 * @param text one line for a person, printable, at most 400 characters
 * @since 1.0
 */
public record Status(int code, EnhancedStatus enhanced, String text) {

  /** Checks that both codes agree in their class and that the text is one line. */
  public Status {
    if (code < 200 || code > 599 || code / 100 != enhanced.kind()) {
      throw new IllegalArgumentException(
          "reply code " + code + " does not go with status " + enhanced);
    }
    if (text.length() > 400) {
      throw new IllegalArgumentException("the text of a reply has at most 400 characters");
    }
    for (int i = 0; i < text.length(); i++) {
      if (Character.isISOControl(text.charAt(i))) {
        throw new IllegalArgumentException("the text of a reply holds a control character");
      }
    }
  }

  /** A permanent refusal: 550 with this enhanced code, whose class is 5. */
  public static Status permanent(String enhanced, String text) {
    return new Status(550, EnhancedStatus.parse(enhanced), text);
  }

  /** A temporary refusal: 451 with this enhanced code, whose class is 4. */
  public static Status temporary(String enhanced, String text) {
    return new Status(451, EnhancedStatus.parse(enhanced), text);
  }

  /** Whether trying again later makes sense. */
  public boolean isTemporary() {
    return enhanced.kind() == 4;
  }

  /** Whether the answer is final and negative. */
  public boolean isPermanent() {
    return enhanced.kind() == 5;
  }

  /** As on the wire without the line end: {@code 550 5.1.1 text}. */
  @Override
  public String toString() {
    return code + " " + enhanced + " " + text;
  }
}
