package dev.postrider.kernel.host.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Looks whether a certificate and a key can be used together. */
final class TlsFiles {

  static final String ADVICE =
      "name a PEM certificate chain and its PKCS #8 key; 'postrider init' makes a self-signed pair";

  private static final Map<String, String> SIGNATURES =
      Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA", "EdDSA", "EdDSA");

  private TlsFiles() {}

  /** What is wrong, in whole sentences without names of secrets; empty where all is well. */
  static List<String> check(TlsConfig tls, Path home) {
    List<String> wrong = new ArrayList<>();
    readable("certificate", tls.certificate(), home, wrong);
    readable("key", tls.key(), home, wrong);
    if (wrong.isEmpty()) {
      checkPair(tls, home, wrong);
    }
    return wrong;
  }

  private static void readable(String kind, Path file, Path home, List<String> wrong) {
    if (!Files.isRegularFile(file)) {
      wrong.add("the TLS " + kind + " '" + shown(file, home) + "' is missing");
    } else if (!Files.isReadable(file)) {
      wrong.add("the TLS " + kind + " '" + shown(file, home) + "' can't be read by this user");
    }
  }

  private static void checkPair(TlsConfig tls, Path home, List<String> wrong) {
    try {
      TlsIdentity identity = TlsIdentity.read(tls);
      if (!belong(identity.key(), identity.chain().getFirst().getPublicKey())) {
        wrong.add(
            "the TLS key '"
                + shown(tls.key(), home)
                + "' does not belong to the certificate '"
                + shown(tls.certificate(), home)
                + "'");
      }
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      wrong.add(
          "the TLS files '"
              + shown(tls.certificate(), home)
              + "' and '"
              + shown(tls.key(), home)
              + "' can't be used: "
              + e.getMessage());
    }
  }

  private static boolean belong(PrivateKey key, PublicKey certified)
      throws GeneralSecurityException {
    if (key instanceof RSAKey one && certified instanceof RSAKey other) {
      return one.getModulus().equals(other.getModulus());
    }
    return names(key, certified) || signs(key, certified);
  }

  /**
   * Whether a key on a curve says itself that it is the one (RFC 5915 §3), as nearly all do. To
   * sign and verify costs a sixth of a start.
   */
  private static boolean names(PrivateKey key, PublicKey certified) {
    if (!(certified instanceof ECPublicKey point)) {
      return false;
    }
    int octets = (point.getParams().getCurve().getField().getFieldSize() + 7) / 8;
    byte[] all = certified.getEncoded();
    byte[] end = Arrays.copyOfRange(all, all.length - 2 * octets, all.length);
    byte[] said = key.getEncoded();
    return said.length >= end.length
        && Arrays.equals(said, said.length - end.length, said.length, end, 0, end.length);
  }

  private static boolean signs(PrivateKey key, PublicKey certified)
      throws GeneralSecurityException {
    String algorithm = SIGNATURES.get(certified.getAlgorithm());
    if (algorithm == null) {
      throw new GeneralSecurityException(
          "the certificate's key is of kind " + certified.getAlgorithm() + ", not RSA or EC");
    }
    byte[] text = "the same key?".getBytes(StandardCharsets.US_ASCII);
    Signature signer = Signature.getInstance(algorithm);
    signer.initSign(key);
    signer.update(text);
    byte[] signature = signer.sign();
    Signature verifier = Signature.getInstance(algorithm);
    verifier.initVerify(certified);
    verifier.update(text);
    return verifier.verify(signature);
  }

  private static String shown(Path path, Path home) {
    return path.startsWith(home) ? home.relativize(path).toString() : path.toString();
  }
}
