package dev.postrider.kernel.bounce;

import dev.postrider.plugin.Content;
import dev.postrider.plugin.EmailAddress;
import dev.postrider.plugin.Text;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The text of a report under construction. Everything foreign passes {@link #clean}, so that no
 * value can add a line (THREATS: header injection).
 */
final class ReportText {

  static final Charset ASCII = StandardCharsets.US_ASCII;

  private static final int WIDTH = 76;
  private static final int LONGEST_WORD = 300;
  private static final int LONGEST_VALUE = 1000;
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ROOT);

  private final StringBuilder out = new StringBuilder();
  private final boolean utf8;

  /** With UTF-8 as it is, or all ASCII. */
  ReportText(boolean utf8) {
    this.utf8 = utf8;
  }

  boolean utf8() {
    return utf8;
  }

  static String date(Instant at) {
    return DATE.format(at.atOffset(ZoneOffset.UTC));
  }

  /** A line of our own making. */
  void line(String text) {
    out.append(text).append("\r\n");
  }

  /** A field, its value cleaned and folded. */
  void field(String name, String value) {
    wrap(name + ": " + clean(value), " ");
  }

  /** Foreign text in lines that begin with the indent. */
  void quoted(String indent, String text) {
    wrap(indent + clean(text), indent);
  }

  /** An address in the form that this report can carry (RFC 6533 §3, utf-8-addr-unitext). */
  String address(EmailAddress address) {
    String text = address.toString();
    if (utf8 || Text.isAscii(text)) {
      return text;
    }
    StringBuilder encoded = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              if (c < 0x80 && c != '\\') {
                encoded.appendCodePoint(c);
              } else {
                encoded.append("\\x{").append(Integer.toHexString(c).toUpperCase(Locale.ROOT));
                encoded.append('}');
              }
            });
    return encoded.toString();
  }

  Content content() {
    return Content.of(out.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** One line without control or formatting characters; only ASCII unless this is UTF-8. */
  private String clean(String value) {
    StringBuilder line = new StringBuilder(value.length());
    for (int i = 0; i < value.length() && line.length() < LONGEST_VALUE; i++) {
      char c = value.charAt(i);
      boolean space = c == ' ' || c == '\t' || c == '\r' || c == '\n';
      if (space) {
        boolean useful = !line.isEmpty() && line.charAt(line.length() - 1) != ' ';
        line.append(useful ? " " : "");
      } else {
        boolean harmful =
            Character.isISOControl(c)
                || Character.getType(c) == Character.FORMAT
                || c == 0x2028
                || c == 0x2029
                || Character.isSurrogate(c) && !pairedAt(value, i)
                || c >= 0x80 && !utf8;
        line.append(harmful ? '?' : c);
      }
    }
    if (!line.isEmpty() && Character.isHighSurrogate(line.charAt(line.length() - 1))) {
      line.setLength(line.length() - 1);
    }
    return line.toString().stripTrailing();
  }

  private static boolean pairedAt(String value, int at) {
    return Character.isHighSurrogate(value.charAt(at))
        ? at + 1 < value.length() && Character.isLowSurrogate(value.charAt(at + 1))
        : at > 0 && Character.isHighSurrogate(value.charAt(at - 1));
  }

  /** Breaks at spaces, and inside a word only where a line would become too long for SMTP. */
  private void wrap(String text, String indent) {
    String rest = text;
    while (rest.length() > WIDTH) {
      int cut = rest.lastIndexOf(' ', WIDTH);
      int first = indentOf(rest);
      if (cut <= first) {
        cut = rest.indexOf(' ', Math.max(first + 1, WIDTH));
      }
      if (cut < 0 && rest.length() <= LONGEST_WORD) {
        break;
      }
      if (cut < 0 || cut > LONGEST_WORD) {
        cut = Character.isHighSurrogate(rest.charAt(WIDTH - 1)) ? WIDTH - 1 : WIDTH;
        line(rest.substring(0, cut));
        rest = indent + rest.substring(cut);
      } else {
        line(rest.substring(0, cut));
        rest = indent + rest.substring(cut + 1);
      }
    }
    line(rest);
  }

  // A break right after "Name:" or the indent would leave a line without content.
  private static int indentOf(String text) {
    int at = 0;
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
    int colon = text.indexOf(": ");
    int space = text.indexOf(' ', at);
    return colon >= 0 && space == colon + 1 ? space : at - 1;
  }
}
