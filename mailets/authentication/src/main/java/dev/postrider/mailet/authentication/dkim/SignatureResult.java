package dev.postrider.mailet.authentication.dkim;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * What came of one signature.
 *
 * @param verdict the result
 * @param reason a few words for a person; empty where there is nothing to say
 * @param claim what the signature says of itself, where it can be read
 * @param keyBits the size of the key, where there is one
 * @param testing whether the key says that the domain is trying it out (RFC 6376 §3.6.1)
 */
public record SignatureResult(
    Verdict verdict, String reason, Optional<Claim> claim, OptionalInt keyBits, boolean testing) {

  /**
   * What a signature says of itself.
   *
   * @param domain {@code d=}
   * @param identity {@code i=}
   * @param selector {@code s=}
   * @param algorithm {@code a=}
   * @param start the first 8 characters of {@code b=}, which tell signatures apart (RFC 6008)
   */
  public record Claim(
      String domain, String identity, String selector, String algorithm, String start) {}

  static SignatureResult unread(Fault fault, Optional<Claim> claim) {
    return new SignatureResult(fault.verdict(), fault.reason(), claim, OptionalInt.empty(), false);
  }
}
