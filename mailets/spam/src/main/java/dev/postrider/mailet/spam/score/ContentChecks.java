package dev.postrider.mailet.spam.score;

import dev.postrider.mailet.spam.mime.Walk;
import dev.postrider.mailet.spam.reading.Attachment;
import dev.postrider.mailet.spam.reading.HtmlShape;
import dev.postrider.mailet.spam.reading.Reading;
import dev.postrider.mailet.spam.reading.Url;

/** What text, HTML, links and attachments tell. */
final class ContentChecks {

  private static final int HIDDEN = 100;
  private static final int HARDLY_ANY = 80;

  private ContentChecks() {}

  static void of(Reading reading, Evidence evidence) {
    evidence.addIf(shouts(reading.subject()), Rule.SUBJECT_SHOUTS);
    evidence.addIf(reading.invisible() > 10, Rule.INVISIBLE_CHARACTERS);
    evidence.addIf(reading.disguised() > 1, Rule.DISGUISED_LETTERS);
    html(reading.html(), evidence);
    reading.urls().forEach(url -> url(url, evidence));
    reading.attachments().forEach(attachment -> attachment(attachment, evidence));
    boolean beyond =
        reading.beyond().contains(Walk.Beyond.DEPTH)
            || reading.beyond().contains(Walk.Beyond.PARTS);
    evidence.addIf(beyond, Rule.MIME_BEYOND_LIMITS);
  }

  private static void html(HtmlShape html, Evidence evidence) {
    evidence.addIf(html.hidden() > HIDDEN && html.hidden() > html.visible(), Rule.HTML_HIDDEN_TEXT);
    evidence.addIf(html.images() > 0 && html.visible() < HARDLY_ANY, Rule.HTML_PICTURES_ONLY);
    evidence.addIf(html.deceptive() > 0, Rule.HTML_DECEPTIVE_LINK);
    evidence.addIf(html.active() > 0, Rule.HTML_ACTIVE);
    evidence.addIf(html.broken(), Rule.HTML_BROKEN);
  }

  private static void url(Url url, Evidence evidence) {
    for (Url.Trait trait : url.traits()) {
      switch (trait) {
        case ADDRESS -> evidence.add(Rule.URL_ADDRESS, 1, url.host());
        case MASKED_ADDRESS, USER, ENCODED_HOST -> evidence.add(Rule.URL_MASKED, 1, url.host());
        case INTERNATIONAL, PORT -> {
          // Both are usual in mails that are wanted; the classifier knows them.
        }
      }
    }
  }

  private static void attachment(Attachment attachment, Evidence evidence) {
    switch (attachment.kind()) {
      case PLAIN -> {
        // Says nothing.
      }
      case PROGRAM -> evidence.add(Rule.ATTACHED_PROGRAM, 1, attachment.name());
      case DISGUISED_PROGRAM -> evidence.add(Rule.DISGUISED_PROGRAM, 1, attachment.name());
      case ENCRYPTED_ARCHIVE -> evidence.add(Rule.ENCRYPTED_ARCHIVE, 1, attachment.name());
      case WEB_PAGE -> evidence.add(Rule.ATTACHED_WEB_PAGE, 1, attachment.name());
    }
  }

  private static boolean shouts(String subject) {
    int letters = 0;
    int capitals = 0;
    for (int i = 0; i < subject.length(); i++) {
      letters += Character.isLetter(subject.charAt(i)) ? 1 : 0;
      capitals += Character.isUpperCase(subject.charAt(i)) ? 1 : 0;
    }
    return letters > 10 && capitals * 10 > letters * 7;
  }
}
