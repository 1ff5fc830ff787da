package dev.postrider.dist.home;

import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.math.BigInteger;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;

/**
 * A certificate that a server signs for itself, so that TLS works from the first start: good
 * against eavesdroppers, unknown to clients that check. ECDSA on P-256, valid for two years.
 */
public final class SelfSigned {

  private static final Duration VALID = Duration.ofDays(730);
  private static final int CURVE_BITS = 256;

  private SelfSigned() {}

  /**
   * Writes {@code key.pem} (PKCS #8, mode 0600) and {@code cert.pem} into a directory.
   *
   * @param hostName the subject
   * @param otherNames further DNS names that it is good for
   */
  public static void write(Path directory, String hostName, List<String> otherNames, Instant now)
      throws IOException {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair pair = generator.generateKeyPair();
      Files.createDirectories(directory);
      writePrivate(directory.resolve("key.pem"), pem(withPublicKey(pair)));
      Files.writeString(
          directory.resolve("cert.pem"), pem(certificate(pair, hostName, otherNames, now)));
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException("this JDK can't make an ECDSA certificate", e);
    }
  }

  /** The private key with the public one in it, so that who reads it need not work it out. */
  private static PemObject withPublicKey(KeyPair pair) throws IOException {
    PrivateKeyInfo bare = PrivateKeyInfo.getInstance(pair.getPrivate().getEncoded());
    SubjectPublicKeyInfo open = SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded());
    ECPrivateKey key = ECPrivateKey.getInstance(bare.parsePrivateKey());
    ECPrivateKey whole = new ECPrivateKey(CURVE_BITS, key.getKey(), open.getPublicKeyData(), null);
    return new PemObject(
        "PRIVATE KEY", new PrivateKeyInfo(bare.getPrivateKeyAlgorithm(), whole).getEncoded());
  }

  private static X509CertificateHolder certificate(
      KeyPair pair, String hostName, List<String> otherNames, Instant now)
      throws IOException, OperatorCreationException {
    X500Name subject = new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, hostName).build();
    GeneralName[] names =
        Stream.concat(Stream.of(hostName), otherNames.stream())
            .distinct()
            .map(name -> new GeneralName(GeneralName.dNSName, name))
            .toArray(GeneralName[]::new);
    return new JcaX509v3CertificateBuilder(
            subject,
            new BigInteger(120, new SecureRandom()).setBit(119),
            Date.from(now.minus(Duration.ofHours(1))),
            Date.from(now.plus(VALID)),
            subject,
            pair.getPublic())
        .addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names))
        .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
        .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()));
  }

  private static String pem(Object object) throws IOException {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      writer.writeObject(object);
    }
    return text.toString();
  }

  private static void writePrivate(Path file, String text) throws IOException {
    var ownerOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    var asNew = EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (Writer writer =
        Channels.newWriter(
            Files.newByteChannel(file, asNew, ownerOnly), StandardCharsets.US_ASCII)) {
      writer.write(text);
    }
  }
}
