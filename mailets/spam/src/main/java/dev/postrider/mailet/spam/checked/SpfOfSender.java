package dev.postrider.mailet.spam.checked;

import dev.postrider.plugin.Mail;

/**
 * What SPF says of the sender, as its mailet left it in the attribute {@code
 * authentication.results}. What it says of the name in HELO counts only where there is no sender:
 * whoever connects chooses that name, and it says nothing of anybody else's.
 */
public final class SpfOfSender {

  private static final String ATTRIBUTE = "authentication.results";

  private SpfOfSender() {}

  /** Whether the result is this one, such as {@code pass}. */
  public static boolean is(Mail mail, String result) {
    String start = "spf=" + result + " ";
    String identity = mail.sender().isNull() ? " smtp.helo=" : " smtp.mailfrom=";
    return mail.attribute(ATTRIBUTE).stream()
        .flatMap(String::lines)
        .anyMatch(line -> line.startsWith(start) && line.contains(identity));
  }
}
