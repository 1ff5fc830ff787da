package dev.postrider.mailet.spam.score;

import dev.postrider.plugin.Text;
import java.util.Locale;

/** What is looked for in a mail, with the points that it gets where nobody says otherwise. */
public enum Rule {
  /** SPF says that the host may not use the sender's domain. */
  SPF_FAIL(2.5),
  /** SPF says that it probably may not. */
  SPF_SOFTFAIL(1),
  /** SPF says that it may. */
  SPF_PASS(-0.3),
  /** A signature was broken on the way, or forged. */
  DKIM_FAIL(1),
  /** A domain signed the mail. */
  DKIM_PASS(-0.3),
  /** The author's domain does not stand for the mail. */
  DMARC_FAIL(3),
  /** The author's domain stands for the mail. */
  DMARC_PASS(-1),
  /** The sending host's address has no name that leads back to it. */
  IPREV_FAIL(1),
  /** The sending host gave a name that can't be its own. */
  BAD_HELO(1.5),
  /** There is no Date field. */
  MISSING_DATE(1.5),
  /** The Date can't be read, or lies over two days ahead or two weeks back. */
  ODD_DATE(1.5),
  /** There is no Message-ID field. */
  MISSING_MESSAGE_ID(1),
  /** There is no From field, or more than one. */
  ODD_FROM(3),
  /** The author's name shows another address than the one it goes with. */
  FROM_NAME_DECEIVES(3),
  /** Answers go to another domain than the author's. */
  REPLY_TO_ELSEWHERE(0.7),
  /** There is neither To nor Cc. */
  NO_RECIPIENTS_NAMED(0.7),
  /** Fields Received that came with the mail can't be true: their times run backwards. */
  FORGED_RECEIVED(1.5),
  /** The subject is in capitals for the most part. */
  SUBJECT_SHOUTS(0.7),
  /** Subject or text hold invisible characters between letters. */
  INVISIBLE_CHARACTERS(1.5),
  /** Words mix letters of several scripts that look alike. */
  DISGUISED_LETTERS(2.5),
  /** The HTML holds more text that is not shown than text that is. */
  HTML_HIDDEN_TEXT(2),
  /** The HTML shows pictures and hardly any text. */
  HTML_PICTURES_ONLY(1),
  /** A link's text names another domain than the link leads to. */
  HTML_DECEPTIVE_LINK(3),
  /** The HTML holds scripts, forms or frames. */
  HTML_ACTIVE(1),
  /** Comments, tags or scripts of the HTML have no end. */
  HTML_BROKEN(0.5),
  /** A link leads to an address instead of a name. */
  URL_ADDRESS(1.5),
  /** A link is written so that nobody sees where it leads. */
  URL_MASKED(2.5),
  /** An attachment is a program. */
  ATTACHED_PROGRAM(6),
  /** An attachment is a program that looks like a document. */
  DISGUISED_PROGRAM(12),
  /** An attachment is an archive that nobody can look into. */
  ENCRYPTED_ARCHIVE(2),
  /** An attachment is a web page. */
  ATTACHED_WEB_PAGE(0.7),
  /** The mail has more parts, or deeper ones, than are looked at. */
  MIME_BEYOND_LIMITS(2),
  /** The classifier takes it for spam; the points are for full certainty. */
  WORDS_OF_SPAM(6),
  /** The classifier takes it for wanted; the points are for full certainty. */
  WORDS_OF_HAM(-3),
  /** Who sent it is known for spam; the points are for who sends nothing else. */
  BAD_REPUTATION(4),
  /** Who sent it is known for wanted mail; the points are for who sends nothing else. */
  GOOD_REPUTATION(-2),
  /** The recipient wrote to the sender before, and SPF or DKIM shows that it is the sender. */
  CORRESPONDENT(-3);

  private final double points;

  Rule(double points) {
    this.points = points;
  }

  /** Its points where nobody says otherwise. */
  public double points() {
    return points;
  }

  /** As in the XML and in the header: {@code missing-date}. */
  public String shown() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Reads {@code missing-date}.
   *
   * @throws IllegalArgumentException when there is no such rule
   */
  static Rule named(String text) {
    for (Rule rule : values()) {
      if (rule.shown().equals(text.strip().toLowerCase(Locale.ROOT))) {
        return rule;
      }
    }
    throw new IllegalArgumentException(
        "there is no rule '" + Text.shown(text) + "'; docs/spam.md lists them");
  }
}
