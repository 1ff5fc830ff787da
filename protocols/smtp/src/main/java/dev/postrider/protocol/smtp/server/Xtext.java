package dev.postrider.protocol.smtp.server;

/** The encoding of values of DSN parameters (RFC 3461 §4). */
final class Xtext {

  private Xtext() {}

  // No pattern: java.util.regex takes a piece of the stack for each character here, and a peer
  // chooses how many there are.
  static boolean isXtext(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '+') {
        if (!isHex(text, i + 1) || !isHex(text, i + 2)) {
          return false;
        }
        i += 2;
      } else if (c < '!' || c > '~' || c == '=') {
        return false;
      }
    }
    return !text.isEmpty();
  }

  private static boolean isHex(String text, int at) {
    char c = at < text.length() ? text.charAt(at) : ' ';
    return c >= '0' && c <= '9' || c >= 'A' && c <= 'F';
  }
}
