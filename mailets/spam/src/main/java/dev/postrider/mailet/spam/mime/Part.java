package dev.postrider.mailet.spam.mime;

import dev.postrider.plugin.Headers;
import java.util.Locale;

/**
 * A part that holds no other parts, with its place among the octets of the message; nothing is
 * copied until it is asked for. Immutable as long as nobody changes the octets.
 */
public final class Part {

  private final ContentField type;
  private final ContentField disposition;
  private final Transfer transfer;
  private final int depth;
  private final byte[] octets;
  private final int from;
  private final int to;

  Part(Opened opened, byte[] octets, int to) {
    this.type = opened.type();
    this.disposition = opened.disposition();
    this.transfer = opened.transfer();
    this.depth = opened.depth();
    this.octets = octets;
    this.from = opened.from();
    this.to = Math.max(to, opened.from());
  }

  /**
   * A part whose header was read and whose body begins.
   *
   * @param type its Content-Type, {@code text/plain} where there is none (RFC 2045 §5.2)
   * @param disposition its Content-Disposition
   * @param transfer how it is written
   * @param depth 0 for the message itself
   * @param from where its body begins
   */
  record Opened(
      ContentField type, ContentField disposition, Transfer transfer, int depth, int from) {

    static Opened of(Headers headers, int depth, int from) {
      return new Opened(
          field(headers, "Content-Type", "text/plain"),
          field(headers, "Content-Disposition", ""),
          Transfer.of(
              headers.first("Content-Transfer-Encoding").map(field -> field.value()).orElse("")),
          depth,
          from);
    }

    private static ContentField field(Headers headers, String name, String otherwise) {
      return ContentField.parse(
          headers
              .first(name)
              .map(field -> field.value())
              .filter(v -> !v.isEmpty())
              .orElse(otherwise));
    }

    boolean isMultipart() {
      return type.value().startsWith("multipart/") && !boundary().isEmpty();
    }

    boolean isMessage() {
      return type.value().equals("message/rfc822") && transfer == Transfer.PLAIN;
    }

    String boundary() {
      return type.parameter("boundary").stripTrailing();
    }
  }

  /** Its media type in lower case, such as {@code text/html}; whatever the sender wrote there. */
  public String type() {
    return type.value();
  }

  /** The file name that the sender suggests, or the empty string. */
  public String fileName() {
    String name = disposition.parameter("filename");
    return name.isEmpty() ? type.parameter("name") : name;
  }

  /** Whether clients show it as text of the mail rather than as a file. */
  public boolean isShown() {
    boolean text = type().equals("text/plain") || type().equals("text/html");
    return text && !disposition.value().equals("attachment");
  }

  /** How deep it lies; 0 for the message itself. */
  public int depth() {
    return depth;
  }

  /** Its first octets, decoded. */
  public byte[] decoded(int most) {
    return transfer.decode(octets, from, to, most);
  }

  /** Its text; at most so many octets are decoded. */
  public String text(int most) {
    return Charsets.text(decoded(most), type.parameter("charset").toLowerCase(Locale.ROOT));
  }
}
