package dev.postrider.mailet.authentication.arc;

import java.util.Locale;
import java.util.Optional;

/** What a chain comes to, and what a seal says of the chain before it (RFC 8617 §4.4). */
public enum ChainStatus {
  /** There is no chain. */
  NONE,
  /** It holds. */
  PASS,
  /** It does not, or can't be told. */
  FAIL;

  /** The status of a {@code cv=} tag. */
  static Optional<ChainStatus> of(String tag) {
    for (ChainStatus each : values()) {
      if (each.word().equals(tag)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  /** As it stands in {@code cv=}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
