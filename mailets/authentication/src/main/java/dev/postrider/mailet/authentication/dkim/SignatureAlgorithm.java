package dev.postrider.mailet.authentication.dkim;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.util.Optional;

/** The {@code a=} of a signature: RFC 6376 §3.3, RFC 8301, RFC 8463. */
public enum SignatureAlgorithm {
  /** RSA with SHA-256. */
  RSA_SHA256("rsa-sha256", "rsa", "sha256", "SHA-256", "SHA256withRSA"),
  /** Ed25519 over a SHA-256 hash. */
  ED25519_SHA256("ed25519-sha256", "ed25519", "sha256", "SHA-256", "Ed25519"),
  /** RSA with SHA-1, which nobody may rely on any more (RFC 8301 §3.1). */
  RSA_SHA1("rsa-sha1", "rsa", "sha1", "SHA-1", "SHA1withRSA");

  private final String tag;
  private final String keyType;
  private final String hash;
  private final String digest;
  private final String signature;

  SignatureAlgorithm(String tag, String keyType, String hash, String digest, String signature) {
    this.tag = tag;
    this.keyType = keyType;
    this.hash = hash;
    this.digest = digest;
    this.signature = signature;
  }

  /** The algorithm of an {@code a=} tag. */
  public static Optional<SignatureAlgorithm> of(String tag) {
    for (SignatureAlgorithm each : values()) {
      if (each.tag.equals(tag)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  /** The value of {@code a=}. */
  public String tag() {
    return tag;
  }

  /** The {@code k=} that a key for it has. */
  public String keyType() {
    return keyType;
  }

  /** The name of its hash in the {@code h=} of a key. */
  public String hash() {
    return hash;
  }

  /** A new digest of its hash. */
  public MessageDigest newDigest() {
    return digest(digest);
  }

  /** Whether the signature holds for these octets; false for one that is no signature at all. */
  public boolean verifies(PublicKey key, byte[] octets, byte[] signed) {
    try {
      Signature check = Signature.getInstance(signature);
      check.initVerify(key);
      check.update(input(octets));
      return check.verify(signed);
    } catch (SignatureException | InvalidKeyException e) {
      return false;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has " + signature, e);
    }
  }

  /** Signs octets. */
  public byte[] sign(PrivateKey key, byte[] octets) throws GeneralSecurityException {
    Signature sign = Signature.getInstance(signature);
    sign.initSign(key);
    sign.update(input(octets));
    return sign.sign();
  }

  // RFC 8463 §3: what Ed25519 signs is the hash.
  private byte[] input(byte[] octets) {
    return this == ED25519_SHA256 ? newDigest().digest(octets) : octets;
  }

  private static MessageDigest digest(String name) {
    try {
      return MessageDigest.getInstance(name);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has " + name, e);
    }
  }
}
