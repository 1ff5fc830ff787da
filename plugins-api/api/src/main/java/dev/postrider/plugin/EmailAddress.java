package dev.postrider.plugin;

import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A mailbox address (RFC 5321 §4.1.2, RFC 6531 §3.3).
 *
 * @param localPart the unquoted local part, 1 to 64 octets of UTF-8, case kept; no control
 *     characters, nothing invisible but the joiners of some scripts, no half surrogate pair
 * @param domain the domain in lower case, internationalised labels as A-labels, no trailing dot; or
 *     an address literal with its brackets; 1 to 255 octets
 * @since 1.0
 */
public record EmailAddress(String localPart, String domain) {

  private static final int ZERO_WIDTH_NON_JOINER = 0x200c;
  private static final int ZERO_WIDTH_JOINER = 0x200d;
  private static final String ATEXT = "!#$%&'*+-/=?^_`{|}~";

  /**
   * Checks and normalises.
   *
   * @throws IllegalArgumentException when a part is empty, too long or holds what it must not
   */
  public EmailAddress {
    checkLocalPart(localPart);
    domain = Domains.normalise(domain);
  }

  /**
   * Reads an address without angle brackets or source route.
   *
   * @throws IllegalArgumentException with a reason for a person when it is not an address
   */
  public static EmailAddress parse(String text) {
    int at = text.lastIndexOf('@');
    if (at <= 0 || at == text.length() - 1) {
      throw new IllegalArgumentException("'" + Text.shown(text) + "' is not local-part@domain");
    }
    return new EmailAddress(unquote(text.substring(0, at)), text.substring(at + 1));
  }

  /** As {@link #parse}, with empty for what is not an address. */
  public static Optional<EmailAddress> tryParse(String text) {
    try {
      return Optional.of(parse(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The same mailbox at another local part, such as without a subaddress. */
  public EmailAddress withLocalPart(String other) {
    return new EmailAddress(other, domain);
  }

  /**
   * Both parts in lower case: the form under which a directory keeps an address. A letter whose
   * lower case is ASCII while it is not (the Kelvin sign), or takes more octets, stays: folding
   * never makes another mailbox's name, nor one that is too long.
   */
  public EmailAddress folded() {
    if (isFolded(localPart)) {
      return this;
    }
    StringBuilder out = new StringBuilder(localPart.length());
    localPart.codePoints().map(EmailAddress::fold).forEach(out::appendCodePoint);
    return new EmailAddress(out.toString(), domain);
  }

  private static boolean isFolded(String local) {
    for (int i = 0; i < local.length(); i++) {
      char c = local.charAt(i);
      if (c >= 0x80 || (c >= 'A' && c <= 'Z')) {
        return false;
      }
    }
    return true;
  }

  /** Whether the local part needs SMTPUTF8 to be transmitted (RFC 6531 §3.3). */
  public boolean needsUtf8() {
    return !Text.isAscii(localPart);
  }

  /** The domain with internationalised labels readable (U-labels). */
  public String displayDomain() {
    return domain.startsWith("[") ? domain : IDN.toUnicode(domain);
  }

  /** As written on the wire: the local part quoted where it has to be. */
  @Override
  public String toString() {
    return (isDotString(localPart) ? localPart : quote(localPart)) + "@" + domain;
  }

  private static void checkLocalPart(String local) {
    int octets = local.getBytes(StandardCharsets.UTF_8).length;
    if (octets == 0 || octets > 64) {
      throw new IllegalArgumentException(
          "the local part of '" + Text.shown(local) + "' has " + octets + " octets, not 1 to 64");
    }
    if (!isPrintableAscii(local) && !local.codePoints().allMatch(EmailAddress::isVisible)) {
      throw new IllegalArgumentException(
          "the local part of '"
              + Text.shown(local)
              + "' holds a control character or an invisible one");
    }
  }

  private static boolean isPrintableAscii(String local) {
    for (int i = 0; i < local.length(); i++) {
      char c = local.charAt(i);
      if (c < 0x20 || c > 0x7e) {
        return false;
      }
    }
    return true;
  }

  private static boolean isVisible(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.FORMAT -> codePoint == ZERO_WIDTH_NON_JOINER || codePoint == ZERO_WIDTH_JOINER;
      default -> true;
    };
  }

  private static int fold(int codePoint) {
    int lower = Character.toLowerCase(codePoint);
    boolean sameKind = (codePoint < 0x80) == (lower < 0x80);
    return sameKind && Text.utf8Length(lower) <= Text.utf8Length(codePoint) ? lower : codePoint;
  }

  private static String unquote(String local) {
    if (!local.startsWith("\"")) {
      if (!isDotString(local)) {
        throw new IllegalArgumentException(
            "'" + Text.shown(local) + "' is not a local part; it would have to be quoted");
      }
      return local;
    }
    if (local.length() < 3 || !local.endsWith("\"")) {
      throw new IllegalArgumentException("'" + Text.shown(local) + "' has an open quote");
    }
    StringBuilder out = new StringBuilder(local.length());
    for (int i = 1; i < local.length() - 1; i++) {
      char c = local.charAt(i);
      if (c == '"' || (c == '\\' && i + 1 == local.length() - 1)) {
        throw new IllegalArgumentException("'" + Text.shown(local) + "' has a stray quote");
      }
      if (c == '\\') {
        c = local.charAt(++i);
      }
      out.append(c);
    }
    return out.toString();
  }

  private static String quote(String local) {
    StringBuilder out = new StringBuilder(local.length() + 4).append('"');
    for (int i = 0; i < local.length(); i++) {
      char c = local.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\');
      }
      out.append(c);
    }
    return out.append('"').toString();
  }

  private static boolean isDotString(String local) {
    boolean atom = false;
    for (int i = 0; i < local.length(); i++) {
      char c = local.charAt(i);
      if (c == '.') {
        if (!atom) {
          return false;
        }
        atom = false;
      } else if (c < 0x80 && !isLetterOrDigit(c) && ATEXT.indexOf(c) < 0) {
        return false;
      } else {
        atom = true;
      }
    }
    return atom;
  }

  private static boolean isLetterOrDigit(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  }
}
