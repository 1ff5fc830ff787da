package dev.postrider.mailet.authentication.dkim;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.plugin.HeaderField;
import dev.postrider.plugin.Message;
import dev.postrider.plugin.testkit.FixedClock;
import dev.postrider.plugin.testkit.InMemoryDns;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DkimVerifierTest {

  private static final TestKeys RSA = TestKeys.rsa("r", 1024);
  private static final TestKeys ED = TestKeys.ed25519("e");
  private static final String NAME = ED.name();
  private static final String P = ED.p();
  private static final Message MAIL =
      Message.of(
          ("From: a@example.org\r\nTo: b@example.test\r\nSubject: hi\r\n\r\nHello.\r\n")
              .getBytes(ISO_8859_1));

  private final FixedClock clock = FixedClock.at("2026-11-23T12:00:00Z");

  @Test
  void severalKeysSignOneMail() throws IOException {
    DkimSigner signer = new DkimSigner(clock, rules(Optional.of(Duration.ofDays(3))));
    Message signed = MAIL;
    for (HeaderField each : signer.sign(MAIL, List.of(RSA.signing(), ED.signing()))) {
      signed = signed.withHeaders(h -> h.withFirst(each));
    }
    InMemoryDns dns = RSA.published().withTxt(NAME, ED.record());
    assertThat(verify(signed, dns))
        .allSatisfy(result -> assertThat(result.verdict()).isEqualTo(Verdict.PASS))
        .extracting(result -> result.claim().orElseThrow().algorithm())
        .containsExactly("ed25519-sha256", "rsa-sha256");
    clock.advance(Duration.ofDays(3).plusHours(2));
    assertThat(verify(signed, dns))
        .extracting(SignatureResult::verdict)
        .containsExactly(Verdict.PERMERROR, Verdict.PERMERROR);
    assertThat(verify(signed, dns))
        .as("whose they were is still said")
        .extracting(result -> result.claim().orElseThrow().domain())
        .containsExactly("example.org", "example.org");
  }

  @ParameterizedTest
  @CsvSource({"From", "To", "Subject", "Date", "Cc", "Reply-To", "Content-Type"})
  void anAddedFieldBreaksAnOversignedSignature(String name) throws IOException {
    HeaderField field =
        new DkimSigner(clock, rules(Optional.empty())).sign(MAIL, List.of(ED.signing())).getFirst();
    Message signed = MAIL.withHeaders(h -> h.withFirst(field));
    Message first = signed.withHeaders(h -> h.withFirst(HeaderField.of(name, "x@example.net")));
    Message last = signed.withHeaders(h -> h.withLast(HeaderField.of(name, "x@example.net")));
    assertThat(verdict(signed, ED.published())).isEqualTo(Verdict.PASS);
    assertThat(verdict(first, ED.published())).isEqualTo(Verdict.FAIL);
    assertThat(verdict(last, ED.published())).isEqualTo(Verdict.FAIL);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          v=DKIM1; k=ed25519; p=P            | PASS
          k=ed25519; p=P                     | PASS
          v=DKIM1; k=ed25519; t=y; p=P       | PASS
          v=DKIM1; k=ed25519; t=s; p=P       | PASS
          v=DKIM1; k=ed25519; s=email; p=P   | PASS
          v=DKIM1; k=ed25519; s=tlsrpt; p=P  | PERMERROR
          v=DKIM1; k=ed25519; h=sha256; p=P  | PASS
          v=DKIM1; k=ed25519; h=sha1; p=P    | PERMERROR
          v=DKIM1; k=ed25519; n=a note; p=P  | PASS
          v=DKIM1; k=ed25519; s=tlsrpt:email; p=P | PASS
          v=DKIM1; k=ed25519; s=*; p=P       | PASS
          v=DKIM1; k=ed25519; s=Email; p=P   | PERMERROR
          v=DKIM1; k=ed25519; h=sha1:sha256:new; p=P | PASS
          v=DKIM1; k=ed25519; h=new; p=P     | PERMERROR
          v=DKIM1; k=ed25519; t=new; p=P     | PASS
          v=DKIM1; k=ed25519; g=; p=P        | PASS
          v=DKIM1; k=ed25519; p=P; p=P       | PERMERROR
          v=DKIM1; k=new; p=P                | PERMERROR
          k=ed25519; v=DKIM1; p=P            | PERMERROR
          v=DKIM2; k=ed25519; p=P            | PERMERROR
          v=DKIM1; k=rsa; p=P                | PERMERROR
          v=DKIM1; p=P                       | PERMERROR
          v=DKIM1; k=ed25519; p=             | PERMERROR
          v=DKIM1; k=ed25519; p=!            | PERMERROR
          v=DKIM1; k=ed25519                 | PERMERROR
          hello                              | PERMERROR
          """)
  void theKeyRecordDecides(String record, Verdict verdict) throws IOException {
    InMemoryDns dns = new InMemoryDns().withTxt(NAME, record.replace("p=P", "p=" + P));
    assertThat(verdict(signed(";"), dns)).isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                        | PASS
          i=@example.org;           | PASS
          i=a=40sub.example.org;    | PASS
          i=a@example.com;          | PERMERROR
          i=a@notexample.org;       | PERMERROR
          i=example.org;            | PERMERROR
          t=1763899200;             | PASS
          t=1963899200;             | POLICY
          x=1763899200;             | PERMERROR
          t=1763899200; x=1763899100; | NEUTRAL
          t=soon;                   | NEUTRAL
          q=dns/txt;                | PASS
          q=http:dns/txt;           | PASS
          q=http;                   | NEUTRAL
          l=8;                      | PASS
          l=5;                      | POLICY
          l=0;                      | POLICY
          l=9;                      | FAIL
          l=-1;                     | NEUTRAL
          unknown=1;                | PASS
          """)
  void theTagsOfTheSignatureDecide(String more, Verdict verdict) throws IOException {
    assertThat(verdict(signed(more), ED.published())).as(more).isEqualTo(verdict);
  }

  @Test
  void aKeyForTheDomainAloneRefusesIdentitiesBelowIt() throws IOException {
    InMemoryDns dns = new InMemoryDns().withTxt(NAME, ED.record() + "; t=s");
    assertThat(verdict(signed("i=a@sub.example.org;"), dns)).isEqualTo(Verdict.PERMERROR);
  }

  @Test
  void sizesOfKeysAreBounded() throws IOException {
    TestKeys small = TestKeys.rsa("small", 768);
    HeaderField field =
        new DkimSigner(clock, rules(Optional.empty()))
            .sign(MAIL, List.of(small.signing()))
            .getFirst();
    Message signed = MAIL.withHeaders(h -> h.withFirst(field));
    assertThat(verify(signed, small.published()).getFirst())
        .returns(Verdict.POLICY, SignatureResult::verdict)
        .returns("the key has 768 bits", SignatureResult::reason);
  }

  @Test
  void theDnsIsAskedOnceForAKeyAndAFailureIsForNow() throws IOException {
    HeaderField field =
        new DkimSigner(clock, rules(Optional.empty())).sign(MAIL, List.of(ED.signing())).getFirst();
    Message twice = MAIL.withHeaders(h -> h.withFirst(field).withFirst(field));
    InMemoryDns dns = ED.published();
    assertThat(verify(twice, dns)).hasSize(2);
    assertThat(dns.queries()).containsExactly("TXT " + NAME);
    assertThat(verdict(twice, dns.failing(NAME, "SERVFAIL"))).isEqualTo(Verdict.TEMPERROR);
    assertThat(verdict(twice, new InMemoryDns())).isEqualTo(Verdict.PERMERROR);
    assertThat(verify(MAIL, dns)).isEmpty();
  }

  /** A signature with more tags, which {@link DkimSigner} would not write. */
  private Message signed(String more) throws IOException {
    OptionalLong length =
        more.startsWith("l=") && !more.contains("-") && !more.contains("9")
            ? OptionalLong.of(Long.parseLong(more.substring(2, more.length() - 1)))
            : OptionalLong.empty();
    BodyHashes.Demand demand =
        new BodyHashes.Demand(Canonicalization.SIMPLE, SignatureAlgorithm.ED25519_SHA256, length);
    byte[] hash = BodyHashes.of(MAIL, List.of(demand)).get(demand).orElseThrow();
    List<String> names = List.of("from", "to", "subject", "subject");
    String tags = more.equals(";") || more.isEmpty() ? "" : more;
    SignatureText text =
        new SignatureText(DkimSignature.FIELD)
            .tag("v", "1")
            .tag("a", "ed25519-sha256")
            .tag("c", "simple")
            .tag("d", "example.org")
            .tag("s", "e")
            .names("h", names)
            .octets("bh", hash);
    for (String tag : tags.split(";", -1)) {
      if (!tag.isBlank()) {
        int equals = tag.indexOf('=');
        text.tag(tag.substring(0, equals).strip(), tag.substring(equals + 1));
      }
    }
    text.signature();
    byte[] octets =
        new SignedFields(MAIL.headers()).octets(names, Canonicalization.SIMPLE, text.unsigned());
    try {
      HeaderField field =
          text.signed(SignatureAlgorithm.ED25519_SHA256, ED.signing().key(), octets);
      return MAIL.withHeaders(h -> h.withFirst(field));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private Verdict verdict(Message message, InMemoryDns dns) throws IOException {
    return verify(message, dns).getFirst().verdict();
  }

  private List<SignatureResult> verify(Message message, InMemoryDns dns) throws IOException {
    return new DkimVerifier(dns, clock, VerifyPolicy.STANDARD).verify(message);
  }

  private static SigningRules rules(Optional<Duration> validFor) {
    return new SigningRules(SigningRules.OVERSIGNED, SigningRules.SIGNED, validFor);
  }
}
