package dev.postrider.mailet.authentication.dkim;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.Optional;

/** Public keys from the octets of a key record. */
final class PublicKeys {

  private static final byte[] ED25519_HEAD = HexFormat.of().parseHex("302a300506032b6570032100");
  private static final byte[] RSA_IDENTIFIER =
      HexFormat.of().parseHex("300d06092a864886f70d0101010500");
  private static final int ED25519_LENGTH = 32;
  // Longer exponents only cost time.
  private static final int MAX_EXPONENT_BITS = 64;

  private PublicKeys() {}

  /**
   * An RSA key: a SubjectPublicKeyInfo, as everybody publishes it, or the bare RSAPublicKey that
   * RFC 6376 §3.6.1 speaks of.
   */
  static Optional<PublicKey> rsa(byte[] octets) {
    Optional<PublicKey> key = key("RSA", octets);
    if (key.isEmpty()) {
      key = key("RSA", wrapped(octets));
    }
    return key.filter(
        each -> ((RSAPublicKey) each).getPublicExponent().bitLength() <= MAX_EXPONENT_BITS);
  }

  /** An Ed25519 key: its 32 octets (RFC 8463 §4). */
  static Optional<PublicKey> ed25519(byte[] octets) {
    return octets.length == ED25519_LENGTH
        ? key("Ed25519", joined(ED25519_HEAD, octets))
        : Optional.empty();
  }

  private static Optional<PublicKey> key(String algorithm, byte[] encoded) {
    try {
      KeyFactory factory = KeyFactory.getInstance(algorithm);
      return Optional.of(factory.generatePublic(new X509EncodedKeySpec(encoded)));
    } catch (GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  private static byte[] wrapped(byte[] rsaPublicKey) {
    byte[] bits = joined(new byte[] {0}, rsaPublicKey);
    return element(0x30, joined(RSA_IDENTIFIER, element(0x03, bits)));
  }

  private static byte[] element(int tag, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(content.length + 5);
    out.write(tag);
    if (content.length < 0x80) {
      out.write(content.length);
    } else {
      out.write(0x83);
      out.write(content.length >> 16);
      out.write(content.length >> 8);
      out.write(content.length);
    }
    out.writeBytes(content);
    return out.toByteArray();
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] out = new byte[first.length + second.length];
    System.arraycopy(first, 0, out, 0, first.length);
    System.arraycopy(second, 0, out, first.length, second.length);
    return out;
  }
}
