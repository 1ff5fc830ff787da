package dev.postrider.protocol.smtp.server;

import dev.postrider.plugin.Status;
import java.util.List;

/**
 * A reply (RFC 5321 §4.2) with its enhanced code (RFC 2034), which starts each line.
 *
 * @param code three digits
 * @param enhanced without the class, such as {@code 1.1}; empty for replies that have none
 * @param lines at least one, printable
 * @param times how often it is given: LMTP has a reply for each recipient (RFC 2033 §4.2)
 */
record Reply(int code, String enhanced, List<String> lines, int times) {

  Reply {
    lines = List.copyOf(lines);
    if (code < 200 || code > 599 || lines.isEmpty()) {
      throw new IllegalArgumentException("not a reply: " + code);
    }
    for (String line : lines) {
      if (line.chars().anyMatch(Character::isISOControl)) {
        throw new IllegalArgumentException("the text of a reply holds a control character");
      }
    }
  }

  Reply(int code, String enhanced, List<String> lines) {
    this(code, enhanced, lines, 1);
  }

  /** The same so many times. */
  Reply times(int number) {
    return new Reply(code, enhanced, lines, number);
  }

  /** The class of the enhanced code is the one of the code. */
  static Reply of(int code, String enhanced, String text) {
    return new Reply(code, enhanced, List.of(text));
  }

  /** A reply that has no enhanced code: greetings, EHLO, and those of class 3. */
  static Reply bare(int code, String text) {
    return new Reply(code, "", List.of(text));
  }

  static Reply of(Status status) {
    return of(
        status.code(),
        status.enhanced().subject() + "." + status.enhanced().detail(),
        status.text());
  }

  boolean isPositive() {
    return code < 400;
  }

  /** As on the wire. */
  String wire() {
    StringBuilder out = new StringBuilder(64 * lines.size());
    for (int i = 0; i < lines.size(); i++) {
      out.append(code).append(i < lines.size() - 1 ? '-' : ' ');
      if (!enhanced.isEmpty()) {
        out.append((char) ('0' + code / 100)).append('.').append(enhanced).append(' ');
      }
      out.append(lines.get(i)).append("\r\n");
    }
    return out.toString().repeat(times);
  }
}
