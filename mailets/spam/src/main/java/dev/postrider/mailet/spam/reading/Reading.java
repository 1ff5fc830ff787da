package dev.postrider.mailet.spam.reading;

import dev.postrider.mailet.spam.mime.Limits;
import dev.postrider.mailet.spam.mime.Part;
import dev.postrider.mailet.spam.mime.Walk;
import dev.postrider.plugin.HeaderField;
import dev.postrider.plugin.Headers;
import dev.postrider.plugin.Message;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A message as its recipient gets to see it, and what was done to keep filters from seeing the
 * same. Immutable. Reading takes time and heap that grow with the message only up to the {@link
 * Limits}.
 *
 * @param headers the header fields
 * @param subject decoded, in one form
 * @param text all readable text in one form; plain and HTML parts one after the other
 * @param urls links of text and HTML, each once
 * @param html figures of the HTML
 * @param attachments files
 * @param invisible invisible characters in text and subject
 * @param disguised words with look-alike letters in text and subject
 * @param beyond limits that were met
 */
public record Reading(
    Headers headers,
    String subject,
    String text,
    List<Url> urls,
    HtmlShape html,
    List<Attachment> attachments,
    int invisible,
    int disguised,
    Set<Walk.Beyond> beyond) {

  /** Copies. */
  public Reading {
    urls = List.copyOf(urls);
    attachments = List.copyOf(attachments);
    beyond = Set.copyOf(beyond);
  }

  private static final int SUBJECT = 1000;

  /**
   * Reads a message.
   *
   * @throws IOException when its octets can't be read
   */
  public static Reading of(Message message, Limits limits) throws IOException {
    Walk.Found found = Walk.of(message, limits);
    Draft draft = new Draft(limits);
    found.parts().forEach(draft::add);
    String raw = message.headers().first("Subject").map(HeaderField::decodedValue).orElse("");
    Written subject = Written.of(raw.length() > SUBJECT ? raw.substring(0, SUBJECT) : raw);
    return new Reading(
        message.headers(),
        subject.text(),
        draft.text.toString(),
        List.copyOf(draft.urls),
        draft.html,
        draft.attachments,
        draft.invisible + subject.invisible(),
        draft.disguised + subject.disguised(),
        found.beyond());
  }

  private static final class Draft {

    private final Limits limits;
    private final StringBuilder text = new StringBuilder();
    private final Set<Url> urls = new LinkedHashSet<>();
    private final List<Attachment> attachments = new ArrayList<>();
    private HtmlShape html = HtmlShape.NONE;
    private int invisible;
    private int disguised;

    Draft(Limits limits) {
      this.limits = limits;
    }

    void add(Part part) {
      if (!part.isShown()) {
        attachments.add(Attachment.of(part));
        return;
      }
      int room = limits.text() - text.length();
      if (room <= 0) {
        return;
      }
      // A character takes up to four octets, and markup goes with the text.
      String raw = part.text(room * 4);
      String shown = raw.length() > room * 2 ? raw.substring(0, room * 2) : raw;
      if (part.type().equals("text/html")) {
        HtmlText.Shown page = HtmlText.read(shown, limits.urls());
        html = html.plus(page.shape());
        page.urls().forEach(this::add);
        shown = page.text();
      }
      Written written = Written.of(shown.length() > room ? shown.substring(0, room) : shown);
      invisible += written.invisible();
      disguised += written.disguised();
      text.append(written.text(), 0, Math.min(room, written.text().length())).append('\n');
      Urls.in(written.text(), limits.urls()).forEach(this::add);
    }

    private void add(Url url) {
      if (urls.size() < limits.urls()) {
        urls.add(url);
      }
    }
  }
}
