package dev.postrider.mailet.authentication.dmarc;

import java.util.Locale;
import java.util.Optional;

/** What a domain wants to happen to mail that fails (RFC 9989 §4.7), weakest first. */
public enum Policy {
  /** Nothing. */
  NONE,
  /** To be treated as suspicious. */
  QUARANTINE,
  /** Not to be taken. */
  REJECT;

  /** As in records and reports: lower case. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** One step weaker, as for a domain that only tries its policy out. */
  Policy weaker() {
    return switch (this) {
      case REJECT -> QUARANTINE;
      case QUARANTINE, NONE -> NONE;
    };
  }

  /** The weaker of the two. */
  Policy atMost(Policy other) {
    return compareTo(other) <= 0 ? this : other;
  }

  static Optional<Policy> read(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "none" -> Optional.of(NONE);
      case "quarantine" -> Optional.of(QUARANTINE);
      case "reject" -> Optional.of(REJECT);
      default -> Optional.empty();
    };
  }
}
