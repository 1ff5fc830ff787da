package dev.postrider.mailet.authentication.spf;

import java.util.Locale;

/** What check_host() comes to (RFC 7208 §2.6). */
public enum SpfResult {
  /** There is no policy, or no domain to ask about. */
  NONE,
  /** The domain says nothing about this client. */
  NEUTRAL,
  /** The client may use the domain. */
  PASS,
  /** The client may not. */
  FAIL,
  /** The client probably may not. */
  SOFTFAIL,
  /** The DNS did not answer; later it may. */
  TEMPERROR,
  /** The policy can't be read or asks for too much. */
  PERMERROR;

  /** As in header fields: lower case. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
