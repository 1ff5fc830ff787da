package dev.postrider.mailet.spam.score;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Dates of mails (RFC 5322 §3.3), as far as they can be placed on a day. */
final class MailDate {

  private static final int LONGEST = 80;

  private MailDate() {}

  static Optional<Instant> parse(String text) {
    String cut = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    int comment = cut.indexOf('(');
    String bare = joined(comment < 0 ? cut : cut.substring(0, comment));
    int zone = bare.lastIndexOf(' ');
    boolean named = zone > 0 && Character.isLetter(bare.charAt(bare.length() - 1));
    // A named zone is off by hours at most, which does not matter here.
    String offset = named ? bare.substring(0, zone) + " GMT" : bare;
    try {
      return Optional.of(
          ZonedDateTime.parse(offset, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException _) {
      // Whatever it is, it is no date.
      return Optional.empty();
    }
  }

  private static String joined(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (char c : text.strip().toCharArray()) {
      boolean space = c == ' ' || c == '\t';
      if (!space || out.charAt(out.length() - 1) != ' ') {
        out.append(space ? ' ' : c);
      }
    }
    return out.toString();
  }
}
