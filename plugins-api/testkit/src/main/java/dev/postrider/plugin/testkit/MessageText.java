package dev.postrider.plugin.testkit;

import dev.postrider.plugin.HeaderField;
import dev.postrider.plugin.Message;
import dev.postrider.plugin.Recipient;
import dev.postrider.plugin.ReversePath;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Header fields and body of a message that is being written. */
final class MessageText {

  private final List<HeaderField> fields = new ArrayList<>();
  private boolean bare;
  private String body = "Hello.\r\n";

  MessageText() {
    add(HeaderField.of("Date", "Mon, 23 Nov 2026 12:00:00 +0000"));
    add(HeaderField.of("Message-ID", "<1@example.org>"));
    add(HeaderField.of("Subject", "Hello"));
  }

  void add(HeaderField field) {
    fields.add(field);
  }

  void replace(HeaderField field) {
    fields.removeIf(each -> each.is(field.name()));
    fields.add(field);
  }

  void clear() {
    fields.clear();
    bare = true;
  }

  void body(String text) {
    body = text;
  }

  Message message(ReversePath sender, List<Recipient> recipients) {
    StringBuilder out = new StringBuilder();
    if (!bare && !has("From")) {
      String author = sender.isNull() ? "postmaster@example.org" : sender.toString();
      out.append(HeaderField.of("From", author).raw());
    }
    if (!bare && !has("To")) {
      String to = recipients.stream().map(Recipient::toString).collect(Collectors.joining(", "));
      out.append(HeaderField.of("To", to).raw());
    }
    fields.forEach(field -> out.append(field.raw()));
    out.append("\r\n");
    byte[] head = out.toString().getBytes(StandardCharsets.ISO_8859_1);
    byte[] rest = octets(body);
    byte[] all = new byte[head.length + rest.length];
    System.arraycopy(head, 0, all, 0, head.length);
    System.arraycopy(rest, 0, all, head.length, rest.length);
    return Message.of(all);
  }

  private boolean has(String name) {
    return fields.stream().anyMatch(field -> field.is(name));
  }

  static byte[] octets(String text) {
    return text.replace("\r\n", "\n").replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
  }
}
