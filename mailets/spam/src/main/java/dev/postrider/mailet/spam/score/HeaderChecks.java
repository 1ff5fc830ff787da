package dev.postrider.mailet.spam.score;

import dev.postrider.plugin.HeaderField;
import dev.postrider.plugin.Headers;
import dev.postrider.plugin.Mail;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the header tells of who wrote it. */
final class HeaderChecks {

  private static final Duration AHEAD = Duration.ofDays(2);
  private static final Duration BACK = Duration.ofDays(14);
  private static final Duration SLACK = Duration.ofDays(1);
  private static final int HOPS = 30;

  private HeaderChecks() {}

  static void of(Mail mail, Evidence evidence) {
    Headers headers = mail.message().headers();
    evidence.addIf(!headers.contains("Message-ID"), Rule.MISSING_MESSAGE_ID);
    evidence.addIf(headers.count("From") != 1, Rule.ODD_FROM);
    evidence.addIf(!headers.contains("To") && !headers.contains("Cc"), Rule.NO_RECIPIENTS_NAMED);
    if (headers.contains("Date")) {
      Optional<Instant> date = MailDate.parse(value(headers, "Date"));
      boolean odd =
          date.isEmpty()
              || date.get().isAfter(mail.receivedAt().plus(AHEAD))
              || date.get().isBefore(mail.receivedAt().minus(BACK));
      evidence.addIf(odd, Rule.ODD_DATE);
    } else {
      evidence.add(Rule.MISSING_DATE);
    }
    from(headers, evidence);
    evidence.addIf(runsBackwards(headers), Rule.FORGED_RECEIVED);
    evidence.addIf(isBadHelo(mail.client().helo()), Rule.BAD_HELO);
  }

  private static void from(Headers headers, Evidence evidence) {
    String from = value(headers, "From");
    int open = from.lastIndexOf('<');
    String domain = domain(from.substring(open + 1));
    String name = open > 0 ? from.substring(0, open) : "";
    evidence.addIf(
        name.indexOf('@') >= 0 && !related(domain(name), domain), Rule.FROM_NAME_DECEIVES);
    String reply = domain(value(headers, "Reply-To"));
    evidence.addIf(
        !reply.isEmpty() && !related(reply, domain) && !headers.contains("List-Id"),
        Rule.REPLY_TO_ELSEWHERE);
  }

  private static boolean related(String one, String other) {
    return one.equals(other) || one.endsWith("." + other) || other.endsWith("." + one);
  }

  private static String domain(String text) {
    int at = text.lastIndexOf('@');
    int end = at + 1;
    while (end < text.length()
        && (Character.isLetterOrDigit(text.charAt(end)) || ".-_".indexOf(text.charAt(end)) >= 0)) {
      end++;
    }
    return at < 0 ? "" : text.substring(at + 1, end).toLowerCase(Locale.ROOT);
  }

  // Each host puts its field on top: none may be older than the one below it.
  private static boolean runsBackwards(Headers headers) {
    List<HeaderField> hops = headers.all("Received").limit(HOPS).toList();
    Instant above = Instant.MAX;
    for (HeaderField hop : hops) {
      String value = hop.value();
      Optional<Instant> at = MailDate.parse(value.substring(value.lastIndexOf(';') + 1));
      if (at.isPresent()) {
        if (!above.equals(Instant.MAX) && at.get().isAfter(above.plus(SLACK))) {
          return true;
        }
        above = at.get();
      }
    }
    return false;
  }

  private static boolean isBadHelo(String helo) {
    String lower = helo.toLowerCase(Locale.ROOT);
    boolean name = lower.indexOf('.') > 0 || lower.startsWith("[");
    return !name || lower.startsWith("localhost") || lower.endsWith(".local");
  }

  private static String value(Headers headers, String name) {
    return headers.first(name).map(HeaderField::decodedValue).orElse("");
  }
}
