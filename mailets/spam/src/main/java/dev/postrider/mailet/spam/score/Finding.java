package dev.postrider.mailet.spam.score;

import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Text;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Something that speaks for or against spam. Mailets before {@link SpamScore} leave theirs in the
 * attribute {@value #ATTRIBUTE}, one a line: name, points and, where there is one, a detail,
 * separated by spaces.
 *
 * @param name letters, digits and hyphens, such as {@code dns-list}
 * @param points how much
 * @param detail for a person, one line, or empty
 */
public record Finding(String name, Points points, String detail) {

  /** The attribute. */
  public static final String ATTRIBUTE = "spam.findings";

  private static final int ALL = 6000;

  /** Makes the detail one line of at most 80 characters. */
  public Finding {
    detail = Text.shown(detail);
  }

  /** The same mail with one more finding; nothing is added where there is no room for it. */
  public Mail on(Mail mail) {
    String before = mail.attribute(ATTRIBUTE).map(text -> text + "\n").orElse("");
    String all = before + name + " " + points + (detail.isEmpty() ? "" : " " + detail);
    return all.getBytes(StandardCharsets.UTF_8).length > ALL
        ? mail
        : mail.withAttribute(ATTRIBUTE, all);
  }

  /** What mailets found so far; lines that can't be read are passed over. */
  public static List<Finding> of(Mail mail) {
    List<Finding> out = new ArrayList<>();
    mail.attribute(ATTRIBUTE).stream()
        .flatMap(String::lines)
        .forEach(line -> read(line).ifPresent(out::add));
    return out;
  }

  private static Optional<Finding> read(String line) {
    String[] parts = line.strip().split(" ", 3);
    boolean name =
        !parts[0].isEmpty()
            && parts[0].length() <= 40
            && parts[0].chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '-');
    if (parts.length < 2 || !name) {
      return Optional.empty();
    }
    try {
      Points points = Points.parse(parts[1]);
      return Optional.of(
          new Finding(parts[0].toLowerCase(Locale.ROOT), points, parts.length > 2 ? parts[2] : ""));
    } catch (IllegalArgumentException _) {
      // Anybody may set the attribute in the XML; what is no finding counts for nothing.
      return Optional.empty();
    }
  }

  /** {@code missing-date=1.5}. */
  @Override
  public String toString() {
    return name + "=" + points;
  }
}
