package dev.postrider.mailet.spam.checked;

import dev.postrider.plugin.Mail;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What checks say of the sender, as their mailets left it in the attribute {@code
 * authentication.results}. What SPF says of the name in HELO counts only where there is no sender:
 * whoever connects chooses that name, and it says nothing of anybody else's.
 */
public final class CheckedSender {

  private static final String ATTRIBUTE = "authentication.results";
  private static final String SIGNER = " header.d=";

  private CheckedSender() {}

  /** Whether the sender is who it says: by SPF, or by a signature of its domain or one above. */
  public static boolean isProven(Mail mail) {
    return isSpf(mail, "pass")
        || mail.sender()
            .address()
            .filter(sender -> lines(mail).anyMatch(line -> isSigned(line, sender.domain())))
            .isPresent();
  }

  private static boolean isSigned(String line, String domain) {
    int at = line.startsWith("dkim=pass ") ? line.indexOf(SIGNER) : -1;
    if (at < 0) {
      return false;
    }
    int from = at + SIGNER.length();
    int end = line.indexOf(' ', from);
    String signer = line.substring(from, end < 0 ? line.length() : end).toLowerCase(Locale.ROOT);
    return domain.equals(signer) || domain.endsWith("." + signer);
  }

  private static Stream<String> lines(Mail mail) {
    return mail.attribute(ATTRIBUTE).stream().flatMap(String::lines);
  }

  /** Whether SPF says this of it, such as {@code pass}. */
  public static boolean isSpf(Mail mail, String result) {
    String start = "spf=" + result + " ";
    String identity = mail.sender().isNull() ? " smtp.helo=" : " smtp.mailfrom=";
    return lines(mail).anyMatch(line -> line.startsWith(start) && line.contains(identity));
  }
}
