package dev.postrider.protocol.smtp.server;

import java.util.regex.Pattern;

/** The encoding of values of DSN parameters (RFC 3461 §4). */
final class Xtext {
  // Linear: each alternative starts with another character.
  private static final Pattern FORM = Pattern.compile("(?:[!-*,-<>-~]|\\+[0-9A-F]{2})+");

  private Xtext() {}

  static boolean isXtext(String text) {
    return FORM.matcher(text).matches();
  }
}
