package dev.postrider.mailet.authentication.dmarc.report;

import dev.postrider.plugin.EmailAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Where a domain wants its reports (RFC 9990 §3.5.2): {@code mailto:dmarc@example.org}.
 *
 * @param address the address
 */
record ReportAddress(EmailAddress address) {

  private static final String SCHEME = "mailto:";
  private static final int LONGEST = 400;

  /** Reads one; empty where it is none. A size behind it, such as {@code !10m}, says nothing. */
  static Optional<ReportAddress> read(String uri) {
    String bare = uri.strip();
    if (!bare.regionMatches(true, 0, SCHEME, 0, SCHEME.length()) || bare.length() > LONGEST) {
      return Optional.empty();
    }
    int mark = bare.lastIndexOf('!');
    String target = bare.substring(SCHEME.length(), mark < 0 ? bare.length() : mark);
    int query = target.indexOf('?');
    String address = query < 0 ? target : target.substring(0, query);
    try {
      String decoded = URLDecoder.decode(address.replace("+", "%2B"), StandardCharsets.UTF_8);
      return EmailAddress.tryParse(decoded)
          .filter(each -> !each.domain().startsWith("["))
          .map(ReportAddress::new);
    } catch (IllegalArgumentException _) {
      // A broken escape: no address.
      return Optional.empty();
    }
  }
}
