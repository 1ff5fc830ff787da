package dev.postrider.mailet.authentication.dmarc.report;

import dev.postrider.plugin.HeaderField;
import dev.postrider.plugin.Message;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The parts of a mail in which a report may be: gzip, zip or XML, at the top or one multipart deep.
 * Mails of more than {@value #LARGEST} octets have none. Linear time.
 */
final class Attachments {

  static final int LARGEST = 16 << 20;
  private static final int PARTS = 20;

  private Attachments() {}

  /**
   * Their octets, transfer coding undone.
   *
   * @throws IOException when the message can't be read, or one of them can't be decoded
   */
  static List<byte[]> of(Message message) throws IOException {
    byte[] body;
    try (InputStream in = message.openRest()) {
      body = in.readNBytes(LARGEST + 1);
    }
    if (body.length > LARGEST) {
      return List.of();
    }
    String text = new String(body, StandardCharsets.ISO_8859_1);
    String type = value(message, "Content-Type");
    Optional<String> boundary = parameter(type, "boundary");
    if (type.toLowerCase(Locale.ROOT).startsWith("multipart/") && boundary.isPresent()) {
      return parts(text, "--" + boundary.get());
    }
    int start = text.startsWith("\r\n") ? 2 : 0;
    return part(type, value(message, "Content-Transfer-Encoding"), text.substring(start));
  }

  private static String value(Message message, String name) {
    return message.headers().first(name).map(HeaderField::value).orElse("");
  }

  private static List<byte[]> parts(String text, String mark) throws IOException {
    List<byte[]> out = new ArrayList<>();
    int start = next(text, mark, 0);
    for (int i = 0; i < PARTS && start >= 0; i++) {
      int from = text.indexOf('\n', start);
      int end = from < 0 ? -1 : next(text, mark, from);
      if (from < 0) {
        break;
      }
      out.addAll(part(text.substring(from + 1, end < 0 ? text.length() : end)));
      start = end;
    }
    return out;
  }

  private static int next(String text, String mark, int from) {
    for (int at = text.indexOf(mark, from); at >= 0; at = text.indexOf(mark, at + 1)) {
      if (at == 0 || text.charAt(at - 1) == '\n') {
        return at;
      }
    }
    return -1;
  }

  private static List<byte[]> part(String text) throws IOException {
    Message part = Message.of(text.getBytes(StandardCharsets.ISO_8859_1));
    int body = (int) part.bodyOffset();
    return part(
        value(part, "Content-Type"),
        value(part, "Content-Transfer-Encoding"),
        text.substring(Math.min(body, text.length())));
  }

  private static List<byte[]> part(String type, String coding, String text) throws IOException {
    String lower = type.toLowerCase(Locale.ROOT);
    boolean wanted =
        lower.contains("gzip")
            || lower.contains("zip")
            || lower.contains("xml")
            || lower.contains("octet-stream");
    if (!wanted) {
      return List.of();
    }
    byte[] octets = text.getBytes(StandardCharsets.ISO_8859_1);
    try {
      return List.of(
          coding.strip().equalsIgnoreCase("base64")
              ? Base64.getMimeDecoder().decode(octets)
              : octets);
    } catch (IllegalArgumentException e) {
      throw new IOException("an attachment is no base64", e);
    }
  }

  private static Optional<String> parameter(String type, String name) {
    int at = type.toLowerCase(Locale.ROOT).indexOf(name + "=");
    if (at < 0) {
      return Optional.empty();
    }
    String rest = type.substring(at + name.length() + 1);
    int end = rest.startsWith("\"") ? rest.indexOf('"', 1) : rest.indexOf(';');
    String value =
        rest.startsWith("\"")
            ? rest.substring(1, Math.max(1, end))
            : rest.substring(0, end < 0 ? rest.length() : end).strip();
    return value.isEmpty() || value.length() > 200 ? Optional.empty() : Optional.of(value);
  }
}
