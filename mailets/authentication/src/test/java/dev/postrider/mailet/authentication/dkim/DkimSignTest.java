package dev.postrider.mailet.authentication.dkim;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.plugin.HeaderField;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Message;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.service.Elsewhere;
import dev.postrider.plugin.service.SecretFiles;
import dev.postrider.plugin.service.Secrets;
import dev.postrider.plugin.testkit.FixedClock;
import dev.postrider.plugin.testkit.InMemoryDns;
import dev.postrider.plugin.testkit.MailBuilder;
import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class DkimSignTest {

  private static final TestKeys RSA = TestKeys.rsa("one", 2048);
  private static final TestKeys WEAK = TestKeys.rsa("weak", 1024);
  private static final TestKeys ED = TestKeys.ed25519("two");
  private static final FixedClock CLOCK = FixedClock.at("2026-11-23T12:00:00Z");

  private volatile SecretFiles files =
      files(Map.of("example.org/one.pem", RSA, "example.org/two.pem", ED));

  @Test
  void everyKeyOfTheAuthorsDomainSigns() throws IOException {
    Mail signed = signed(mail("alice@example.org"));
    assertThat(signed.message().headers().count("DKIM-Signature")).isEqualTo(2);
    assertThat(verified(signed))
        .allSatisfy(result -> assertThat(result.verdict()).isEqualTo(Verdict.PASS))
        .extracting(result -> result.claim().orElseThrow().algorithm())
        .containsExactly("rsa-sha256", "ed25519-sha256");
    String field = signed.message().headers().first("DKIM-Signature").orElseThrow().raw();
    assertThat(field.replace("\r\n ", ""))
        .doesNotContain("; l=")
        .contains("x=1796040000", "from:from", "subject:subject");
    assertThat(field.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(78));
  }

  @Test
  void aDomainBelowIsSignedByTheOneAboveIt() throws IOException {
    Mail signed = signed(mail("alice@dept.example.org"));
    assertThat(verified(signed).getFirst().claim().orElseThrow().domain()).isEqualTo("example.org");
    assertThat(signatures(mail("alice@notexample.org"))).isZero();
    assertThat(signatures(mail("alice@org"))).isZero();
  }

  @Test
  void whoLoggedInGetsNoSignatureOfADomainThatIsNotTheirs() {
    assertThat(signatures(mail("alice@example.org"))).isEqualTo(2);
    MailBuilder mallory = MailBuilder.aMail().from("m@example.com").loggedInAs("m@example.com");
    assertThat(signatures(mallory.header("From", "alice@example.org").build())).isZero();
    MailBuilder own = MailBuilder.aMail().from("m@example.com").loggedInAs("m@example.org");
    assertThat(signatures(own.header("From", "alice@example.org").build())).isEqualTo(2);
  }

  @Test
  void withoutKeyOrClearAuthorAMailGoesOnAsItIs() {
    files = SecretFiles.NONE;
    Mail mail = mail("alice@example.org");
    assertThat(signed(mail)).isEqualTo(mail);
    files = files(Map.of("example.org/one.pem", RSA));
    assertThat(signatures(mail)).isEqualTo(1);
    assertThat(signatures(mailWithHeader("alice@example.org, bob@example.org"))).isZero();
  }

  @Test
  void weakRetiredAndBrokenKeysDontSign() {
    Map<String, byte[]> all = new HashMap<>();
    all.put("example.org/weak.pem", pem(WEAK));
    all.put("example.org/old.retired.pem", pem(RSA));
    all.put("example.org/next.prepared.pem", pem(RSA));
    all.put("example.org/broken.pem", "hello".getBytes(ISO_8859_1));
    all.put("example.org/notes.txt", pem(RSA));
    files = new SecretFiles(all);
    assertThat(signatures(mail("alice@example.org"))).isZero();
  }

  @Test
  void octetsAbove127AndEmptyBodiesAreSigned() throws IOException {
    Mail eight = MailBuilder.aMail().subject("Grüße").body("Zeile mit Umläuten: äöü\n").build();
    Message none =
        Message.of("From: alice@example.org\r\nTo: b@c.example\r\n".getBytes(ISO_8859_1));
    assertThat(verified(signed(eight)).getFirst().verdict()).isEqualTo(Verdict.PASS);
    assertThat(verified(signed(MailBuilder.aMail().message(none).build())).getFirst().verdict())
        .isEqualTo(Verdict.PASS);
  }

  @Test
  void aReplayRepeatsTheSignaturesOfThen() {
    Mail mail = mail("alice@example.org");
    List<HeaderField> then = signed(mail).message().headers().all("DKIM-Signature").toList();
    Elsewhere recorded =
        new Elsewhere() {
          @Override
          public <T> T ask(
              String question,
              Source<T> source,
              Function<T, String> write,
              Function<String, T> read) {
            assertThat(question).isEqualTo("dkim signatures of example.org");
            return read.apply(SignatureLines.write(then));
          }
        };
    files = SecretFiles.NONE;
    assertThat(signed(mail, recorded).message().headers().all("DKIM-Signature"))
        .containsExactlyElementsOf(then);
  }

  private static Mail mail(String author) {
    return MailBuilder.aMail().from(author).loggedInAs(author).build();
  }

  private static Mail mailWithHeader(String from) {
    return MailBuilder.aMail().header("From", from).build();
  }

  private long signatures(Mail mail) {
    return signed(mail).message().headers().count("DKIM-Signature");
  }

  private Mail signed(Mail mail) {
    return signed(mail, Elsewhere.live());
  }

  private Mail signed(Mail mail, Elsewhere elsewhere) {
    Secrets secrets = folder -> files;
    DkimSign mailet =
        new DkimSign(
            secrets,
            elsewhere,
            CLOCK,
            System.getLogger("test"),
            "dkim",
            Duration.ofDays(7),
            List.of());
    return ((Outcome.Continue) mailet.process(mail)).mail();
  }

  private static List<SignatureResult> verified(Mail mail) throws IOException {
    InMemoryDns dns = RSA.published().withTxt(ED.name(), ED.record());
    return new DkimVerifier(dns, CLOCK, VerifyPolicy.STANDARD).verify(mail.message());
  }

  private static SecretFiles files(Map<String, TestKeys> keys) {
    Map<String, byte[]> out = new HashMap<>();
    keys.forEach((name, key) -> out.put(name, pem(key)));
    return new SecretFiles(out);
  }

  private static byte[] pem(TestKeys key) {
    String body =
        Base64.getMimeEncoder(64, new byte[] {'\n'})
            .encodeToString(key.pair().getPrivate().getEncoded());
    return ("-----BEGIN PRIVATE KEY-----\n" + body + "\n-----END PRIVATE KEY-----\n")
        .getBytes(ISO_8859_1);
  }
}
