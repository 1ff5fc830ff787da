package dev.postrider.mailet.authentication.dkim;

import dev.postrider.plugin.testkit.InMemoryDns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.Base64;

/** A key pair of the domain example.org with all that the world needs of it. */
public record TestKeys(SigningKey signing, KeyPair pair) {

  static final String DOMAIN = "example.org";

  /** An RSA key. */
  public static TestKeys rsa(String selector, int bits) {
    return make("RSA", bits, selector, SignatureAlgorithm.RSA_SHA256);
  }

  /** An Ed25519 key. */
  public static TestKeys ed25519(String selector) {
    return make("Ed25519", 255, selector, SignatureAlgorithm.ED25519_SHA256);
  }

  /** Where its record is. */
  public String name() {
    return signing.selector() + "._domainkey." + signing.domain();
  }

  /** The key in base64, as in {@code p=}. */
  String p() {
    byte[] encoded = pair.getPublic().getEncoded();
    boolean rsa = signing.algorithm() == SignatureAlgorithm.RSA_SHA256;
    byte[] octets =
        rsa ? encoded : Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
    return Base64.getEncoder().encodeToString(octets);
  }

  /** What it publishes. */
  public String record() {
    return "v=DKIM1; k=" + signing.algorithm().keyType() + "; p=" + p();
  }

  InMemoryDns published() {
    return new InMemoryDns().withTxt(name(), record());
  }

  /** As python's dkim reads it: PEM for RSA, the seed in base64 for Ed25519. */
  void write(Path file) throws IOException {
    byte[] encoded = pair.getPrivate().getEncoded();
    if (signing.algorithm() == SignatureAlgorithm.RSA_SHA256) {
      String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded);
      Files.writeString(
          file, "-----BEGIN PRIVATE KEY-----\n" + body + "\n-----END PRIVATE KEY-----\n");
    } else {
      byte[] seed = Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
      Files.writeString(file, Base64.getEncoder().encodeToString(seed));
    }
  }

  private static TestKeys make(
      String type, int bits, String selector, SignatureAlgorithm algorithm) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(type);
      generator.initialize(bits);
      KeyPair pair = generator.generateKeyPair();
      return new TestKeys(new SigningKey(DOMAIN, selector, algorithm, pair.getPrivate()), pair);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
