package dev.postrider.mailet.authentication.dmarc.report;

import dev.postrider.plugin.EmailAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a domain wants its reports (RFC 9990 §3.5.1): {@code mailto:dmarc@example.org!10m}.
 *
 * @param address the address
 * @param most octets that a report may have
 */
record ReportAddress(EmailAddress address, long most) {

  private static final String SCHEME = "mailto:";
  private static final long UNLIMITED = 10L << 20;

  /** Reads one; empty where it is none. */
  static Optional<ReportAddress> read(String uri) {
    String bare = uri.strip();
    if (!bare.regionMatches(true, 0, SCHEME, 0, SCHEME.length()) || bare.length() > 400) {
      return Optional.empty();
    }
    int mark = bare.lastIndexOf('!');
    String target = bare.substring(SCHEME.length(), mark < 0 ? bare.length() : mark);
    int query = target.indexOf('?');
    String address = query < 0 ? target : target.substring(0, query);
    Optional<Long> most = mark < 0 ? Optional.of(UNLIMITED) : size(bare.substring(mark + 1));
    if (most.isEmpty()) {
      return Optional.empty();
    }
    try {
      String decoded = URLDecoder.decode(address.replace("+", "%2B"), StandardCharsets.UTF_8);
      return EmailAddress.tryParse(decoded)
          .filter(each -> !each.domain().startsWith("["))
          .map(each -> new ReportAddress(each, Math.min(most.get(), UNLIMITED)));
    } catch (IllegalArgumentException _) {
      // A broken escape: no address.
      return Optional.empty();
    }
  }

  private static Optional<Long> size(String text) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    String lower = text.toLowerCase(Locale.ROOT);
    int shift =
        switch (lower.charAt(lower.length() - 1)) {
          case 'k' -> 10;
          case 'm' -> 20;
          case 'g' -> 30;
          case 't' -> 40;
          default -> 0;
        };
    String digits = shift == 0 ? lower : lower.substring(0, lower.length() - 1);
    boolean sound =
        !digits.isEmpty()
            && digits.length() <= 9
            && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    return sound
        ? Optional.of(Math.min(Long.parseLong(digits) << Math.min(shift, 30), UNLIMITED))
        : Optional.empty();
  }
}
