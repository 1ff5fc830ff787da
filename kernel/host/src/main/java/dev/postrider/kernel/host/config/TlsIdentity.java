package dev.postrider.kernel.host.config;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a server shows to its peers and proves itself with.
 *
 * @param chain the server's certificate first; not empty
 * @param key of the first certificate
 */
public record TlsIdentity(List<X509Certificate> chain, PrivateKey key) {

  private static final String KEY_BEGIN = "-----BEGIN PRIVATE KEY-----";
  private static final Pattern OLD_FORM =
      Pattern.compile("-----BEGIN (RSA|EC|DSA) PRIVATE KEY-----");
  private static final String KEY_END = "-----END PRIVATE KEY-----";

  /** Copies the chain. */
  public TlsIdentity {
    chain = List.copyOf(chain);
  }

  /**
   * Reads both files.
   *
   * <p>With classes of the JDK only: what reads PEM in Netty and Bouncy Castle loads a thousand
   * classes out of signed jars, a second of processor time at each start.
   *
   * @throws IOException if a file can't be read
   * @throws GeneralSecurityException if a file does not hold what it should; the message says what,
   *     without secrets
   */
  public static TlsIdentity read(TlsConfig files) throws IOException, GeneralSecurityException {
    // At once: the factory reads octet by octet.
    InputStream pem = new ByteArrayInputStream(Files.readAllBytes(files.certificate()));
    List<X509Certificate> chain =
        CertificateFactory.getInstance("X.509").generateCertificates(pem).stream()
            .map(X509Certificate.class::cast)
            .toList();
    if (chain.isEmpty()) {
      throw new GeneralSecurityException("the certificate file holds none");
    }
    String algorithm = chain.getFirst().getPublicKey().getAlgorithm();
    return new TlsIdentity(chain, privateKey(files.key(), algorithm));
  }

  private static PrivateKey privateKey(Path file, String algorithm)
      throws IOException, GeneralSecurityException {
    String pem = Files.readString(file, StandardCharsets.ISO_8859_1);
    int begin = pem.indexOf(KEY_BEGIN);
    int end = pem.indexOf(KEY_END);
    if (begin < 0 || end < begin) {
      throw new GeneralSecurityException(whyNoKey(pem));
    }
    byte[] octets = Base64.getMimeDecoder().decode(pem.substring(begin + KEY_BEGIN.length(), end));
    PKCS8EncodedKeySpec key = new PKCS8EncodedKeySpec(octets);
    try {
      return KeyFactory.getInstance(algorithm).generatePrivate(key);
    } catch (InvalidKeySpecException e) {
      throw new GeneralSecurityException(
          "the key is no "
              + algorithm
              + " key, but the certificate's is; they don't belong together",
          e);
    }
  }

  private static String whyNoKey(String pem) {
    if (pem.contains("-----BEGIN ENCRYPTED PRIVATE KEY-----") || pem.contains("Proc-Type: 4")) {
      return "the key has a passphrase; 'openssl pkcs8 -topk8 -nocrypt -in KEY -out NEW' takes it off";
    }
    return OLD_FORM.matcher(pem).find()
        ? "the key is not in PKCS #8; 'openssl pkcs8 -topk8 -nocrypt -in KEY -out NEW' converts it"
        : "the key file has no line '" + KEY_BEGIN + "'";
  }
}
