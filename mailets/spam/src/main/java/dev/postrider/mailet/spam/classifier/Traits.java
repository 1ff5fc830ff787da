package dev.postrider.mailet.spam.classifier;

import dev.postrider.mailet.spam.classifier.Features.Collector;
import dev.postrider.mailet.spam.reading.Attachment;
import dev.postrider.mailet.spam.reading.HtmlShape;
import dev.postrider.mailet.spam.reading.Reading;
import dev.postrider.mailet.spam.reading.Url;
import dev.postrider.plugin.HeaderField;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a mail is like besides its words, as features with names. */
final class Traits {

  private static final int FIELDS = 60;
  private static final int LONGEST = 60;

  // What servers on the way add says nothing of the sender, and differs between the moment a mail
  // is judged and the moment somebody calls it spam.
  private static final Set<String> OF_SERVERS =
      Set.of(
          "received",
          "return-path",
          "delivered-to",
          "envelope-to",
          "x-original-to",
          "authentication-results",
          "received-spf",
          "dkim-signature");

  private final Collector into;

  Traits(Collector into) {
    this.into = into;
  }

  void of(Reading reading) {
    header(reading);
    subject(reading.subject());
    html(reading.html());
    reading.urls().forEach(this::url);
    reading.attachments().forEach(this::attachment);
    if (reading.invisible() > 2) {
      into.trait("text:invisible characters");
    }
    if (reading.disguised() > 0) {
      into.trait("text:disguised letters");
    }
    reading.beyond().forEach(limit -> into.trait("mime:beyond " + limit));
  }

  private void header(Reading reading) {
    reading.headers().fields().stream()
        .map(field -> field.name().toLowerCase(Locale.ROOT))
        .filter(Traits::isOfSender)
        .distinct()
        .limit(FIELDS)
        .forEach(name -> into.trait("field:" + cut(name)));
    String from = value(reading, "From");
    domain(from).ifPresent(domain -> into.trait("from:" + domain));
    int address = from.lastIndexOf('<');
    String name = address > 0 ? from.substring(0, address).replace("\"", "").strip() : "";
    into.trait(name.isEmpty() ? "from:no name" : "from:" + cut(name));
    Optional<String> reply = domain(value(reading, "Reply-To"));
    if (reply.isPresent() && !reply.equals(domain(from))) {
      into.trait("reply-to:elsewhere");
    }
    program(value(reading, "User-Agent") + " " + value(reading, "X-Mailer"));
    String list = value(reading, "List-Id");
    if (!list.isEmpty()) {
      into.trait("list:" + cut(list));
    }
    String type = value(reading, "Content-Type");
    int end = type.indexOf(';');
    into.trait("type:" + cut(end < 0 ? type : type.substring(0, end)));
    into.trait("id:" + (value(reading, "Message-ID").isEmpty() ? "none" : "there"));
  }

  private static boolean isOfSender(String name) {
    return !OF_SERVERS.contains(name)
        && !name.startsWith("x-spam")
        && !name.startsWith("x-postrider")
        && !name.startsWith("arc-");
  }

  private void program(String text) {
    String line = text.strip();
    int end = 0;
    while (end < line.length() && !Character.isDigit(line.charAt(end))) {
      end++;
    }
    if (end > 0) {
      into.trait("program:" + cut(line.substring(0, end).strip()));
    }
  }

  private void subject(String subject) {
    int letters = 0;
    int capitals = 0;
    int marks = 0;
    for (int i = 0; i < subject.length(); i++) {
      char c = subject.charAt(i);
      letters += Character.isLetter(c) ? 1 : 0;
      capitals += Character.isUpperCase(c) ? 1 : 0;
      marks += c == '!' || c == '?' ? 1 : 0;
    }
    if (letters > 8 && capitals * 2 > letters) {
      into.trait("subject:shouts");
    }
    if (marks > 1) {
      into.trait("subject:many marks");
    }
    if (letters == 0) {
      into.trait("subject:no words");
    }
  }

  private void html(HtmlShape html) {
    into.trait(html.isHtml() ? "html:yes" : "html:no");
    if (!html.isHtml()) {
      return;
    }
    into.trait("html:images " + scale(html.images()));
    into.trait("html:links " + scale(html.links()));
    into.trait("html:text for each tag " + scale(html.visible() / html.tags()));
    if (html.hidden() > 20) {
      into.trait("html:hidden " + (html.hidden() > html.visible() ? "most" : "some"));
    }
    if (html.comments() > html.visible() / 2) {
      into.trait("html:comments");
    }
    if (html.deceptive() > 0) {
      into.trait("html:deceptive link");
    }
    if (html.active() > 0) {
      into.trait("html:active");
    }
    if (html.broken()) {
      into.trait("html:broken");
    }
  }

  private void url(Url url) {
    into.trait("url:" + cut(url.host()));
    String domain = url.domain();
    into.trait("url:" + cut(domain));
    into.trait("url:*" + domain.substring(Math.max(0, domain.lastIndexOf('.'))));
    url.traits().forEach(trait -> into.trait("url:" + trait));
  }

  private void attachment(Attachment attachment) {
    int dot = attachment.name().lastIndexOf('.');
    into.trait("file:" + cut(dot < 0 ? "no ending" : attachment.name().substring(dot)));
    into.trait("file:" + attachment.kind());
  }

  private static String value(Reading reading, String name) {
    return reading.headers().first(name).map(HeaderField::decodedValue).orElse("");
  }

  private static Optional<String> domain(String address) {
    int at = address.lastIndexOf('@');
    int end = at + 1;
    while (end < address.length()
        && (Character.isLetterOrDigit(address.charAt(end))
            || address.charAt(end) == '.'
            || address.charAt(end) == '-')) {
      end++;
    }
    return at < 0 || end == at + 1
        ? Optional.empty()
        : Optional.of(cut(address.substring(at + 1, end)));
  }

  // 0, 1, 2, 4, 8 …: figures of the same size are one feature.
  private static int scale(int figure) {
    return Integer.highestOneBit(Math.max(0, figure));
  }

  private static String cut(String text) {
    return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
  }
}
