package dev.postrider.dist.logging;

import ch.qos.logback.classic.pattern.MessageConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;

/**
 * The message of a log line on one line: control characters, also those of terminals and of
 * bidirectional text, are written as {@code \\u001b}. So nobody forges a line by a name.
 */
public final class SafeMessage extends MessageConverter {

  @Override
  public String convert(ILoggingEvent event) {
    return escaped(super.convert(event));
  }

  static String escaped(String text) {
    StringBuilder out = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isHarmful(c)) {
        out = out == null ? new StringBuilder(text.length() + 16).append(text, 0, i) : out;
        out.append(String.format("\\u%04x", (int) c));
      } else if (out != null) {
        out.append(c);
      }
    }
    return out == null ? text : out.toString();
  }

  private static boolean isHarmful(char c) {
    return (c < 0x20 && c != '\t')
        || (c >= 0x7f && c < 0xa0)
        || c == 0x2028
        || c == 0x2029
        || Character.getType(c) == Character.FORMAT;
  }
}
