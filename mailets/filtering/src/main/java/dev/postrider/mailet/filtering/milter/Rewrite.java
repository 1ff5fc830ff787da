package dev.postrider.mailet.filtering.milter;

import dev.postrider.plugin.EmailAddress;
import dev.postrider.plugin.HeaderField;
import dev.postrider.plugin.Headers;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Message;
import dev.postrider.plugin.Notify;
import dev.postrider.plugin.Recipient;
import dev.postrider.plugin.ReversePath;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Makes the changes of a milter, all of them or none. Positions count as in Sendmail: a field that
 * was removed still counts among those of its name. Not thread-safe.
 */
final class Rewrite {

  /** A place in the header; empty where its field was removed. */
  private record Slot(String name, Optional<HeaderField> field) {}

  private final boolean keepsLeadingSpace;
  private final List<Slot> slots = new ArrayList<>();
  private final List<Recipient> recipients;
  private ReversePath sender;
  private boolean headersChanged;

  private Rewrite(Mail mail, Agreement agreement) {
    this.keepsLeadingSpace = agreement.keepsLeadingSpace();
    this.recipients = new ArrayList<>(mail.recipients());
    this.sender = mail.sender();
    for (HeaderField field : mail.message().headers().fields()) {
      slots.add(new Slot(field.name(), Optional.of(field)));
    }
  }

  /**
   * The mail with the changes; the very same where there are none.
   *
   * @throws IllegalArgumentException with a reason for a person when one can't be made
   */
  static Mail apply(Mail mail, Changes changes, Agreement agreement) {
    Rewrite rewrite = new Rewrite(mail, agreement);
    changes.each().forEach(rewrite::make);
    Mail out = mail;
    if (!rewrite.sender.equals(mail.sender()) || !rewrite.recipients.equals(mail.recipients())) {
      out =
          out.withEnvelope(
              out.envelope().withSender(rewrite.sender).withRecipients(rewrite.recipients));
    }
    Headers headers = rewrite.headers();
    if (changes.body().isPresent()) {
      return out.withMessage(message(headers, changes.body().get()));
    }
    return rewrite.headersChanged ? out.withHeaders(_ -> headers) : out;
  }

  private void make(Change change) {
    switch (change) {
      case Change.AddHeader(var name, var value) -> insert(slots.size(), name, value);
      case Change.InsertHeader(var index, var name, var value) ->
          insert(position(index), name, value);
      case Change.ChangeHeader(var index, var name, var value) -> change(index, name, value);
      case Change.AddRecipient(var address, var parameters) -> add(address, parameters);
      case Change.RemoveRecipient(var address) -> {
        EmailAddress gone = address(address).folded();
        recipients.removeIf(each -> each.address().folded().equals(gone));
      }
      case Change.ChangeSender(var address) -> sender = ReversePath.parse(bare(address));
      case Change.Quarantine _ -> {
        // Said of the mail as a whole.
      }
    }
  }

  private int position(long index) {
    long left = index;
    for (int i = 0; i < slots.size(); i++) {
      if (slots.get(i).field().isPresent() && left-- == 0) {
        return i;
      }
    }
    return slots.size();
  }

  private void insert(int position, String name, String value) {
    slots.add(position, new Slot(name, Optional.of(field(name, value))));
    headersChanged = true;
  }

  private void change(long index, String name, String value) {
    long left = Math.max(1, index);
    for (int i = 0; i < slots.size(); i++) {
      if (slots.get(i).name().equalsIgnoreCase(name) && --left == 0) {
        slots.set(
            i,
            new Slot(name, value.isEmpty() ? Optional.empty() : Optional.of(field(name, value))));
        headersChanged = true;
        return;
      }
    }
    if (!value.isEmpty()) {
      insert(slots.size(), name, value);
    }
  }

  private HeaderField field(String name, String value) {
    String lines = value.replace("\r\n", "\n").stripTrailing().replace("\n", "\r\n");
    return HeaderField.received(
        name + ":" + (keepsLeadingSpace || lines.startsWith("\r\n") ? "" : " ") + lines + "\r\n");
  }

  private Headers headers() {
    return new Headers(slots.stream().flatMap(slot -> slot.field().stream()).toList());
  }

  private void add(String text, List<String> parameters) {
    EmailAddress address = address(text);
    if (recipients.stream().noneMatch(each -> each.address().equals(address))) {
      recipients.add(new Recipient(address, notify(parameters), original(parameters)));
    }
  }

  private static Set<Notify> notify(List<String> parameters) {
    Set<Notify> wishes = new HashSet<>();
    for (String wish : value(parameters, "NOTIFY=").orElse("").split(",")) {
      if (!wish.isEmpty()) {
        wishes.add(Notify.valueOf(wish.toUpperCase(Locale.ROOT)));
      }
    }
    return wishes;
  }

  private static Optional<String> original(List<String> parameters) {
    return value(parameters, "ORCPT=");
  }

  private static Optional<String> value(List<String> parameters, String name) {
    return parameters.stream()
        .flatMap(each -> List.of(each.split(" ")).stream())
        .filter(each -> each.regionMatches(true, 0, name, 0, name.length()))
        .map(each -> each.substring(name.length()))
        .findFirst();
  }

  private static EmailAddress address(String text) {
    return EmailAddress.parse(bare(text));
  }

  private static String bare(String text) {
    String utf8 =
        new String(text.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8).strip();
    return utf8.startsWith("<") && utf8.endsWith(">") ? utf8.substring(1, utf8.length() - 1) : utf8;
  }

  private static Message message(Headers headers, byte[] body) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(headers.octets());
    out.writeBytes(new byte[] {'\r', '\n'});
    out.writeBytes(withLineEnds(body));
    return Message.of(out.toByteArray());
  }

  // Only CRLF ends a line in mail; what a milter writes may have come from elsewhere.
  private static byte[] withLineEnds(byte[] body) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(body.length);
    for (int i = 0; i < body.length; i++) {
      boolean after = i > 0 && body[i - 1] == '\r';
      boolean before = i + 1 < body.length && body[i + 1] == '\n';
      if (body[i] == '\n' && !after || body[i] == '\r' && !before) {
        out.write('\r');
        out.write('\n');
      } else {
        out.write(body[i]);
      }
    }
    return out.toByteArray();
  }
}
