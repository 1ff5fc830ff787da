package dev.postrider.protocol.smtp.client;

import dev.postrider.kernel.outbound.Transport.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Reads replies (RFC 5321 §4.2), within limits. */
final class ReplyReader {

  private static final int MOST_LINES = 128;
  private static final int LONGEST_TEXT = 2000;

  private final ClientWire wire;
  private final String host;

  ReplyReader(ClientWire wire, String host) {
    this.wire = wire;
    this.host = host;
  }

  /**
   * A reply with its lines as they came, code and separator removed.
   *
   * @param code 200 to 599
   */
  record Lines(int code, List<String> lines) {}

  Lines lines(Duration timeout) throws WireFault {
    List<String> lines = new ArrayList<>();
    int code = 0;
    while (true) {
      String line = wire.readLine(timeout);
      int each = code(line);
      if (each == 0 || code != 0 && each != code) {
        throw new WireFault("it answered with what is no reply");
      }
      code = each;
      lines.add(line.length() > 4 ? line.substring(4) : "");
      if (line.length() == 3 || line.charAt(3) == ' ') {
        return new Lines(code, List.copyOf(lines));
      }
      if (lines.size() == MOST_LINES) {
        throw new WireFault("it answered with a reply of more than " + MOST_LINES + " lines");
      }
    }
  }

  Reply reply(Duration timeout, String command) throws WireFault {
    return reply(lines(timeout), command);
  }

  Reply reply(Lines said, String command) {
    String enhanced = enhanced(said);
    StringBuilder text = new StringBuilder();
    for (String line : said.lines()) {
      boolean repeated = !enhanced.isEmpty() && line.startsWith(enhanced);
      String rest = repeated ? line.substring(enhanced.length()) : line;
      text.append(text.isEmpty() || rest.isBlank() ? "" : " ").append(clean(rest.strip()));
    }
    if (text.length() > LONGEST_TEXT) {
      text.setLength(LONGEST_TEXT);
    }
    return new Reply(host, said.code(), enhanced, text.toString(), command);
  }

  private static int code(String line) {
    boolean sane =
        line.length() >= 3
            && line.charAt(0) >= '2'
            && line.charAt(0) <= '5'
            && Character.digit(line.charAt(1), 10) >= 0
            && Character.digit(line.charAt(2), 10) >= 0
            && line.charAt(1) < 0x80
            && line.charAt(2) < 0x80
            && (line.length() == 3 || line.charAt(3) == ' ' || line.charAt(3) == '-');
    return sane ? Integer.parseInt(line.substring(0, 3)) : 0;
  }

  /** The enhanced status that the first line starts with, where its class fits the code. */
  private static String enhanced(Lines said) {
    String first = said.lines().getFirst();
    int space = first.indexOf(' ');
    String word = space < 0 ? first : first.substring(0, space);
    boolean fits =
        word.matches("[245]\\.[0-9]{1,3}\\.[0-9]{1,3}")
            && word.charAt(0) - '0' == said.code() / 100;
    return fits ? word : "";
  }

  private static String clean(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean harmful =
          Character.isISOControl(c)
              || Character.getType(c) == Character.FORMAT
              || c == 0x2028
              || c == 0x2029;
      out.append(harmful ? '?' : c);
    }
    return out.toString();
  }
}
