package dev.postrider.mailet.authentication.dkim;

import java.util.Locale;
import java.util.Optional;

/** How header and body are brought to one form before they are hashed (RFC 6376 §3.4). */
public enum Canonicalization {
  /** As the octets are. */
  SIMPLE,
  /** White space and the case of field names may change on the way. */
  RELAXED;

  /** The form of a name in {@code c=}; case matters. */
  static Optional<Canonicalization> of(String name) {
    return switch (name) {
      case "simple" -> Optional.of(SIMPLE);
      case "relaxed" -> Optional.of(RELAXED);
      default -> Optional.empty();
    };
  }

  /** The name in {@code c=}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** A field in this form, without the line end after it. */
  public String header(String raw) {
    return switch (this) {
      case SIMPLE -> raw.substring(0, contentEnd(raw));
      case RELAXED -> relaxed(raw);
    };
  }

  private static String relaxed(String raw) {
    int colon = raw.indexOf(':');
    StringBuilder out = new StringBuilder(raw.length());
    out.append(raw.substring(0, colon).strip().toLowerCase(Locale.ROOT)).append(':');
    boolean space = false;
    boolean started = false;
    int end = contentEnd(raw);
    for (int i = colon + 1; i < end; i++) {
      char c = raw.charAt(i);
      if (c == ' ' || c == '\t') {
        space = true;
      } else if (c != '\n' && !(c == '\r' && i + 1 < end && raw.charAt(i + 1) == '\n')) {
        if (space && started) {
          out.append(' ');
        }
        out.append(c);
        space = false;
        started = true;
      }
    }
    return out.toString();
  }

  private static int contentEnd(String raw) {
    int end = raw.length();
    if (end > 0 && raw.charAt(end - 1) == '\n') {
      end--;
    }
    return end > 0 && raw.charAt(end - 1) == '\r' ? end - 1 : end;
  }
}
