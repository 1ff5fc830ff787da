package dev.postrider.dist.dkim;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.Optional;

/** A key pair as text (RFC 7468): {@code PRIVATE KEY}, then {@code PUBLIC KEY}. */
final class KeyPem {

  private static final String PRIVATE = "PRIVATE KEY";
  private static final String PUBLIC = "PUBLIC KEY";

  private KeyPem() {}

  static String of(KeyPair pair) {
    return block(PRIVATE, pair.getPrivate().getEncoded())
        + block(PUBLIC, pair.getPublic().getEncoded());
  }

  /** The public key (SubjectPublicKeyInfo); that of a lone RSA key is computed. */
  static Optional<byte[]> publicKey(String text) {
    Optional<byte[]> written = octets(PUBLIC, text);
    return written.isPresent() ? written : octets(PRIVATE, text).flatMap(KeyPem::computed);
  }

  private static Optional<byte[]> computed(byte[] pkcs8) {
    try {
      KeyFactory factory = KeyFactory.getInstance("RSA");
      return factory.generatePrivate(new PKCS8EncodedKeySpec(pkcs8)) instanceof RSAPrivateCrtKey key
          ? Optional.of(
              factory
                  .generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent()))
                  .getEncoded())
          : Optional.empty();
    } catch (GeneralSecurityException _) {
      return Optional.empty();
    }
  }

  private static Optional<byte[]> octets(String what, String text) {
    String first = "-----BEGIN " + what + "-----";
    int begin = text.indexOf(first);
    int end = begin < 0 ? -1 : text.indexOf("-----END " + what + "-----", begin);
    try {
      return end < 0
          ? Optional.empty()
          : Optional.of(
              Base64.getMimeDecoder().decode(text.substring(begin + first.length(), end)));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static String block(String what, byte[] octets) {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(octets);
    return "-----BEGIN " + what + "-----\n" + body + "\n-----END " + what + "-----\n";
  }
}
