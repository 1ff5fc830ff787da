package dev.postrider.mailet.authentication.dkim;

import java.util.Locale;

/** What came of a signature, in the words of RFC 8601 §2.7.1. */
public enum Verdict {
  /** It holds. */
  PASS,
  /** Header or body differ from what was signed. */
  FAIL,
  /** It can't be read. */
  NEUTRAL,
  /** It may hold, but it is of a kind that is not taken here. */
  POLICY,
  /** Not known now. */
  TEMPERROR,
  /** It can never hold: something that has to be there is missing or forbidden. */
  PERMERROR;

  /** As it stands in {@code Authentication-Results}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
