package dev.postrider.plugin;

import java.net.IDN;
import java.util.Locale;

/**
 * One form for domain names, so that comparing them is comparing strings.
 *
 * @since 1.0
 */
public final class Domains {

  private static final String IPV6 = "ipv6:";
  // Two for each of the 255 octets that it comes to at least.
  private static final int LONGEST_UNICODE = 510;

  private Domains() {}

  /**
   * The domain in lower case with A-labels and without a trailing dot; an address literal is only
   * checked (IPv4 or IPv6, RFC 5321 §4.1.3) and lower-cased.
   *
   * @throws IllegalArgumentException with a reason for a person when it is no host name (RFC 5321
   *     §4.1.2: letters, digits, hyphen; labels of 1 to 63 octets; 255 octets in all)
   */
  public static String normalise(String domain) {
    if (domain.startsWith("[")) {
      return literal(domain);
    }
    String name = domain.endsWith(".") ? domain.substring(0, domain.length() - 1) : domain;
    if (!Text.isAscii(name)) {
      name = toAscii(name);
    }
    name = name.toLowerCase(Locale.ROOT);
    if (name.isEmpty() || name.length() > 255) {
      throw new IllegalArgumentException(
          "the domain '" + Text.shown(domain) + "' has " + name.length() + " octets, not 1 to 255");
    }
    checkLabels(name);
    return name;
  }

  private static String toAscii(String name) {
    // The JDK takes quadratic time for a label, and for a long one throws what is no argument
    // error.
    if (name.length() > LONGEST_UNICODE) {
      throw new IllegalArgumentException(
          "the domain '" + Text.shown(name) + "' is longer than 255 octets");
    }
    try {
      return IDN.toASCII(name, IDN.ALLOW_UNASSIGNED);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "the domain '" + Text.shown(name) + "' is not a valid internationalised name", e);
    }
  }

  private static void checkLabels(String name) {
    int label = 0;
    for (int i = 0; i <= name.length(); i++) {
      char c = i == name.length() ? '.' : name.charAt(i);
      if (c == '.') {
        if (label == 0 || label > 63 || name.charAt(i - 1) == '-') {
          throw new IllegalArgumentException(
              "the domain '" + Text.shown(name) + "' has a bad label");
        }
        label = 0;
      } else if (isNameCharacter(c) && !(c == '-' && label == 0)) {
        label++;
      } else {
        throw new IllegalArgumentException(
            "the domain '" + Text.shown(name) + "' holds a character that host names can't have");
      }
    }
  }

  // The underscore is no host name character, but real mail domains use it.
  private static boolean isNameCharacter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  }

  private static String literal(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    boolean closed = lower.length() > 2 && lower.endsWith("]");
    String inner = closed ? lower.substring(1, lower.length() - 1) : "";
    boolean sane =
        inner.startsWith(IPV6)
            ? IpLiterals.isV6(inner.substring(IPV6.length()))
            : IpLiterals.isV4(inner);
    if (!sane) {
      throw new IllegalArgumentException(
          "'" + Text.shown(text) + "' is not an address literal like [192.0.2.1] or [IPv6:::1]");
    }
    return lower;
  }
}
