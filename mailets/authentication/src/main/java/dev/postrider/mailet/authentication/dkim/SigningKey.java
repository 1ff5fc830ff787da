package dev.postrider.mailet.authentication.dkim;

import java.security.PrivateKey;

/**
 * A key that signs.
 *
 * @param domain {@code d=}, in A-labels
 * @param selector {@code s=}
 * @param algorithm {@code a=}, one that fits the key
 * @param key the private key
 */
public record SigningKey(
    String domain, String selector, SignatureAlgorithm algorithm, PrivateKey key) {

  /** Without the key. */
  @Override
  public String toString() {
    return selector + "._domainkey." + domain + " (" + algorithm.tag() + ")";
  }
}
