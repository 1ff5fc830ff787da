package dev.postrider.kernel.host.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECPrivateKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsFilesTest {

  @TempDir Path home;
  private TlsConfig files;

  @BeforeEach
  void copy() throws IOException {
    files = new TlsConfig(home.resolve("cert.pem"), home.resolve("key.pem"));
    put("cert.pem", files.certificate());
  }

  private static void put(String resource, Path file) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(TlsFilesTest.class.getResourceAsStream("/tls/" + resource))) {
      Files.write(file, in.readAllBytes());
    }
  }

  @Test
  void aKeyThatNamesItsPublicPartIsTakenAtItsWord() throws IOException {
    put("key.pem", files.key());
    assertThat(TlsFiles.check(files, home)).isEmpty();
  }

  @Test
  void aKeyThatDoesNotIsTried() throws Exception {
    put("key.pem", files.key());
    withoutPublicPart(files.key());
    assertThat(TlsFiles.check(files, home)).isEmpty();
  }

  @Test
  void aKeyOfAnotherCertificateIsFoundEitherWay() throws Exception {
    put("other-key.pem", files.key());
    assertThat(TlsFiles.check(files, home)).singleElement().asString().contains("does not belong");
    withoutPublicPart(files.key());
    assertThat(TlsFiles.check(files, home)).singleElement().asString().contains("does not belong");
  }

  @Test
  void aKeyInAnotherFormIsNamedWithWhatConvertsIt() throws IOException {
    for (String form : List.of("RSA PRIVATE", "EC PRIVATE", "ENCRYPTED PRIVATE")) {
      Files.writeString(
          files.key(), "-----BEGIN " + form + " KEY-----\nAAAA\n-----END " + form + " KEY-----\n");
      assertThat(TlsFiles.check(files, home))
          .as(form)
          .singleElement()
          .asString()
          .contains("openssl pkcs8 -topk8 -nocrypt");
    }
  }

  @Test
  void aKeyOfAnotherKindThanTheCertificateIsToldInWords() throws Exception {
    KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
    rsa.initialize(2048);
    Files.writeString(files.key(), pem(rsa.generateKeyPair().getPrivate()));
    assertThat(TlsFiles.check(files, home))
        .singleElement()
        .asString()
        .contains("the key is no EC key, but the certificate's is")
        .doesNotContain("Exception");
  }

  private static String pem(PrivateKey key) {
    return "-----BEGIN PRIVATE KEY-----\n"
        + Base64.getMimeEncoder().encodeToString(key.getEncoded())
        + "\n-----END PRIVATE KEY-----\n";
  }

  private void withoutPublicPart(Path file) throws IOException, GeneralSecurityException {
    ECPrivateKey key = (ECPrivateKey) TlsIdentity.read(files).key();
    PrivateKey bare =
        KeyFactory.getInstance("EC")
            .generatePrivate(new ECPrivateKeySpec(key.getS(), key.getParams()));
    assertThat(bare.getEncoded()).hasSizeLessThan(key.getEncoded().length);
    Files.writeString(file, pem(bare));
  }
}
