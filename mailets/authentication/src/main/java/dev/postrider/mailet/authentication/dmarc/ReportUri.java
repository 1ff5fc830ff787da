package dev.postrider.mailet.authentication.dmarc;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** An entry of {@code rua} (RFC 9989 §4.6, §4.8). */
final class ReportUri {

  private static final int LONGEST = 400;
  private static final String MAIL = "mailto:";

  private ReportUri() {}

  /**
   * The URI without the obsolete size, such as {@code !10m}, which reporters ignore; empty where it
   * is none, or longer than {@value #LONGEST} characters.
   */
  static Optional<String> of(String entry) {
    String bare = withoutSize(entry);
    if (bare.length() > LONGEST || bare.indexOf('!') >= 0) {
      return Optional.empty();
    }
    try {
      return new URI(bare).isAbsolute() ? Optional.of(bare) : Optional.empty();
    } catch (URISyntaxException _) {
      // The domain's fault, which reports tell it.
      return Optional.empty();
    }
  }

  /** Whether it is an address of mail. Other schemes are not supported. */
  static boolean isMail(String uri) {
    return uri.regionMatches(true, 0, MAIL, 0, MAIL.length())
        && (uri.indexOf('@') > MAIL.length() || uri.indexOf("%40") > MAIL.length());
  }

  private static String withoutSize(String entry) {
    int mark = entry.lastIndexOf('!');
    String size = mark < 0 ? "" : entry.substring(mark + 1);
    boolean unit = !size.isEmpty() && "kmgtKMGT".indexOf(size.charAt(size.length() - 1)) >= 0;
    String digits = unit ? size.substring(0, size.length() - 1) : size;
    boolean sound = !digits.isEmpty() && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    return sound ? entry.substring(0, mark) : entry;
  }
}
