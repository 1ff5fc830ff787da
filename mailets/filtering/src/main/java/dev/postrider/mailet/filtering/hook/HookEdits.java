package dev.postrider.mailet.filtering.hook;

import dev.postrider.plugin.HeaderField;
import dev.postrider.plugin.Headers;
import dev.postrider.plugin.Mail;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a hook wants changed of a mail. Removals come before additions.
 *
 * @param first fields for the top of the header, the first of them topmost
 * @param last fields for the end of the header
 * @param withoutHeaders names of fields to remove, all of each name
 * @param attributes to set
 * @param withoutAttributes names of attributes to remove
 */
record HookEdits(
    List<HeaderField> first,
    List<HeaderField> last,
    List<String> withoutHeaders,
    Map<String, String> attributes,
    List<String> withoutAttributes) {

  private static final int MAX_CHANGES = 200;
  private static final int MAX_ATTRIBUTE = 8 * 1024;

  /** Takes the changes out of an answer. */
  static HookEdits of(Json json) {
    List<HeaderField> first = new ArrayList<>();
    List<HeaderField> last = new ArrayList<>();
    for (Json each : json.objects("addHeaders")) {
      boolean top = each.flag("first");
      (top ? first : last).add(HeaderField.of(each.text("name"), each.text("value", "")));
      each.end();
    }
    HookEdits edits =
        new HookEdits(
            first,
            last,
            json.texts("removeHeaders"),
            json.map("setAttributes"),
            json.texts("removeAttributes"));
    edits.check();
    return edits;
  }

  private void check() {
    if (first.size() + last.size() + withoutHeaders.size() + attributes.size() > MAX_CHANGES) {
      throw new IllegalArgumentException("it asks for more than " + MAX_CHANGES + " changes");
    }
    attributes.forEach(
        (name, value) -> {
          if (name.isEmpty() || name.length() > 100 || value.length() > MAX_ATTRIBUTE) {
            throw new IllegalArgumentException("the attribute '" + name + "' is too long");
          }
        });
  }

  boolean touchMessage() {
    return !first.isEmpty() || !last.isEmpty() || !withoutHeaders.isEmpty();
  }

  boolean areNone() {
    return !touchMessage() && attributes.isEmpty() && withoutAttributes.isEmpty();
  }

  /** The mail with the changes; the very same where there are none. */
  Mail apply(Mail mail) {
    if (areNone()) {
      return mail;
    }
    Mail edited = touchMessage() ? mail.withHeaders(this::edit) : mail;
    Map<String, String> notes = new HashMap<>(mail.attributes());
    withoutAttributes.forEach(notes::remove);
    notes.putAll(attributes);
    return new Mail(
        mail.id(),
        mail.stage(),
        mail.client(),
        mail.envelope(),
        edited.message(),
        notes,
        mail.receivedAt());
  }

  private Headers edit(Headers headers) {
    Headers out = headers;
    for (String name : withoutHeaders) {
      out = out.without(name);
    }
    for (HeaderField field : first.reversed()) {
      out = out.withFirst(field);
    }
    for (HeaderField field : last) {
      out = out.withLast(field);
    }
    return out;
  }
}
