package dev.postrider.benchmark.jmh;

import dev.postrider.mailet.authentication.dkim.SignatureAlgorithm;
import dev.postrider.mailet.authentication.dkim.SigningKey;
import dev.postrider.plugin.testkit.InMemoryDns;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.Base64;

/**
 * A domain that signs.
 *
 * @param key its key, RSA with 2048 bits or Ed25519
 * @param published the name server that has the key
 */
record Signer(SigningKey key, InMemoryDns published) {

  private static final int ED25519_OCTETS = 32;

  static Signer of(SignatureAlgorithm algorithm, String domain) {
    boolean rsa = algorithm.keyType().equals("rsa");
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(rsa ? "RSA" : "Ed25519");
      if (rsa) {
        generator.initialize(2048);
      }
      KeyPair pair = generator.generateKeyPair();
      byte[] all = pair.getPublic().getEncoded();
      byte[] octets = rsa ? all : Arrays.copyOfRange(all, all.length - ED25519_OCTETS, all.length);
      String p = Base64.getEncoder().encodeToString(octets);
      InMemoryDns dns =
          new InMemoryDns()
              .withTxt("s._domainkey." + domain, "v=DKIM1; k=" + algorithm.keyType() + "; p=" + p);
      return new Signer(new SigningKey(domain, "s", algorithm, pair.getPrivate()), dns);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK makes such keys", e);
    }
  }
}
