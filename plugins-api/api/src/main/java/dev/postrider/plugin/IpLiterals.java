package dev.postrider.plugin;

import java.net.InetAddress;

/** The textual forms of IP addresses that mail uses; nothing is ever looked up. */
final class IpLiterals {

  private IpLiterals() {}

  /** Four decimal numbers without leading zeros; {@code 10.1} is not an address here. */
  static boolean isV4(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 4) {
      return false;
    }
    for (String part : parts) {
      boolean digits = part.length() <= 3 && Text.isDigits(part);
      boolean plain = part.length() == 1 || !part.startsWith("0");
      if (!digits || !plain || Integer.parseInt(part) > 255) {
        return false;
      }
    }
    return true;
  }

  /** RFC 4291 §2.2, without a zone. */
  static boolean isV6(String text) {
    if (text.indexOf(':') < 0 || text.indexOf('%') >= 0 || text.indexOf('[') >= 0) {
      return false;
    }
    try {
      return InetAddress.ofLiteral(text).getAddress().length > 0;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
