package dev.postrider.mailet.standard;

import dev.postrider.plugin.Mail;
import java.util.Optional;

/** The text that ToProcessor leaves on a mail for whoever refuses or bounces it. */
final class Notice {

  static final String ATTRIBUTE = "standard.notice";

  private static final int LIMIT = 400;

  private Notice() {}

  static Optional<String> of(Mail mail) {
    return mail.attribute(ATTRIBUTE).map(Notice::line).filter(text -> !text.isEmpty());
  }

  /** The mail with one more sentence. */
  static Mail add(Mail mail, String text) {
    return mail.withAttribute(
        ATTRIBUTE, line(mail.attribute(ATTRIBUTE).map(old -> old + "; " + text).orElse(text)));
  }

  /**
   * Text as the line that a status can carry: white space and controls collapsed, 400 characters.
   */
  static String line(String text) {
    StringBuilder out = new StringBuilder(Math.min(text.length(), LIMIT));
    boolean gap = false;
    for (int i = 0; i < text.length() && out.length() < LIMIT; i++) {
      char c = text.charAt(i);
      if (Character.isWhitespace(c) || Character.isISOControl(c)) {
        gap = !out.isEmpty();
      } else {
        if (gap && out.length() < LIMIT - 1) {
          out.append(' ');
        }
        gap = false;
        out.append(c);
      }
    }
    return out.toString();
  }
}
