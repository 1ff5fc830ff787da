package dev.postrider.mailet.authentication.dkim;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.interfaces.RSAKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/** Private keys from PEM files (RFC 7468 §10: PKCS #8, not encrypted). */
final class PrivateKeys {

  private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
  private static final String END = "-----END PRIVATE KEY-----";
  // RFC 8301 §3.2: signers SHOULD use at least 2048 bits.
  private static final int MIN_RSA_BITS = 2048;

  private PrivateKeys() {}

  /**
   * A key that signs for a domain.
   *
   * @throws GeneralSecurityException with a reason for a person when there is none in the file that
   *     may sign
   */
  static SigningKey read(String domain, String selector, byte[] pem)
      throws GeneralSecurityException {
    PKCS8EncodedKeySpec encoded = new PKCS8EncodedKeySpec(octets(pem));
    try {
      PrivateKey key = KeyFactory.getInstance("RSA").generatePrivate(encoded);
      int bits = ((RSAKey) key).getModulus().bitLength();
      if (bits < MIN_RSA_BITS) {
        throw new GeneralSecurityException(
            "an RSA key of " + bits + " bits is too weak to sign with: 2048 or more");
      }
      return new SigningKey(domain, selector, SignatureAlgorithm.RSA_SHA256, key);
    } catch (InvalidKeySpecException _) {
      // Not RSA.
      PrivateKey key = KeyFactory.getInstance("Ed25519").generatePrivate(encoded);
      return new SigningKey(domain, selector, SignatureAlgorithm.ED25519_SHA256, key);
    }
  }

  private static byte[] octets(byte[] pem) throws GeneralSecurityException {
    String text = new String(pem, StandardCharsets.ISO_8859_1);
    int begin = text.indexOf(BEGIN);
    int end = text.indexOf(END, Math.max(begin, 0));
    if (begin < 0 || end < 0) {
      throw new GeneralSecurityException("it has no line " + BEGIN);
    }
    try {
      return Base64.getMimeDecoder().decode(text.substring(begin + BEGIN.length(), end));
    } catch (IllegalArgumentException e) {
      throw new GeneralSecurityException("its key is not base64", e);
    }
  }
}
