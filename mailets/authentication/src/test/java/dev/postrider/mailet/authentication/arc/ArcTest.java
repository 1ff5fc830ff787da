package dev.postrider.mailet.authentication.arc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.mailet.authentication.dkim.SignatureAlgorithm;
import dev.postrider.mailet.authentication.dkim.SigningKey;
import dev.postrider.mailet.authentication.dkim.SigningRules;
import dev.postrider.mailet.authentication.results.MethodResult;
import dev.postrider.mailet.authentication.results.Verdicts;
import dev.postrider.plugin.HeaderField;
import dev.postrider.plugin.Message;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.testkit.Cost;
import dev.postrider.plugin.testkit.FixedClock;
import dev.postrider.plugin.testkit.InMemoryDns;
import dev.postrider.plugin.testkit.MailBuilder;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArcTest {

  private static final FixedClock CLOCK = FixedClock.at("2026-11-23T12:00:00Z");
  private static final SigningRules RULES =
      new SigningRules(List.of(), SigningRules.OVERSIGNED, Optional.empty());
  private static final List<MethodResult> RESULTS =
      List.of(MethodResult.of("spf", "pass").with("smtp", "mailfrom", "a@example.org"));

  private final KeyPair pair = pair();
  private final InMemoryDns dns = new InMemoryDns();

  @Test
  void aMailWithoutChainHasNone() {
    assertThat(judged(message())).isEqualTo(MethodResult.of("arc", "none"));
  }

  @Test
  void aChainOfSealsHoldsUntilSomethingIsChanged() throws IOException {
    Message message = message();
    for (int i = 1; i <= 3; i++) {
      message = sealed(message, i, status(message));
      assertThat(judged(message).result()).isEqualTo("pass");
      assertThat(judged(message).value("header", "d")).contains("list" + i + ".example");
    }
    Message changed = message.withHeaders(h -> h.without("Subject"));
    assertThat(judged(changed).result()).isEqualTo("fail");
    Message resealed = sealed(changed, 4, status(changed));
    assertThat(judged(resealed).result()).as("once broken, always broken").isEqualTo("fail");
    assertThat(sealer(resealed, 5, ChainStatus.FAIL)).as("nobody seals it again").isEmpty();
  }

  @Test
  void whoChangesTheMailBeforeSealingItIsNotHidden() throws IOException {
    Message first = sealed(message(), 1, ChainStatus.NONE);
    Message tagged = first.withHeaders(h -> h.without("Subject").withLast(subject("[list] Hello")));
    Message second = sealed(tagged, 2, ChainStatus.PASS);
    assertThat(judged(second).result()).isEqualTo("pass");
    assertThat(judged(second).value("header", "oldest-pass")).contains("2");
  }

  @Test
  void aChainOfFiftySetsIsCheckedAndALongerOneIsNot() throws IOException {
    Message message = message();
    for (int i = 1; i <= 50; i++) {
      message = sealed(message, i, i == 1 ? ChainStatus.NONE : ChainStatus.PASS);
    }
    int before = dns.queries().size();
    assertThat(judged(message).result()).isEqualTo("pass");
    assertThat(dns.queries().size() - before).isEqualTo(50);
    Message chain = message;
    System.out.println(
        "ARC chain of 50 sets: "
            + Cost.of(() -> judged(chain)).within(Duration.ofSeconds(2), 64 << 20));
    assertThat(sealer(message, 51, ChainStatus.PASS)).isEmpty();
    HeaderField more = HeaderField.of("ARC-Seal", "i=51; cv=pass; a=rsa-sha256; d=x; s=y; b=AAAA");
    Message longer = message.withHeaders(h -> h.withFirst(more));
    int queries = dns.queries().size();
    assertThat(judged(longer).result()).isEqualTo("fail");
    assertThat(dns.queries()).hasSize(queries);
  }

  @Test
  void aMessageSignatureThatDoesNotCoverFromProvesNothing() throws IOException {
    HeaderField told = told("i=1; list1.example; none");
    SigningRules noFrom = new SigningRules(List.of(), List.of("Subject", "Date"), Optional.empty());
    HeaderField signature =
        new Sealer(CLOCK, noFrom)
            .seal(message(), ChainStatus.NONE, "list1.example", RESULTS, key(1))
            .get(1);
    Message sealed = sealed(message(), 1, told, signature);
    assertThat(judged(sealed).result()).isEqualTo("fail");
    assertThat(judged(sealed).reason()).contains("message signature 1: From is not signed");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          i=1; list1.example; none                                     | pass
          (one;) i (two (2)) = (\\)) 1 (four) ; list1.example; none  | pass
          i=01; list1.example; none                                    | pass
          i=001; list1.example; none                                   | fail
          i=1 2; list1.example; none                                   | fail
          i=1 list1.example; none                                      | fail
          (open i=1; list1.example; none                               | fail
          I=1; list1.example; none                                     | fail
          list1.example; none; i=1                                     | fail
          """)
  void theResultsSayTheirPlaceFirst(String value, String result) throws IOException {
    HeaderField signature = sealer(message(), 1, ChainStatus.NONE).get(1);
    assertThat(judged(sealed(message(), 1, told(value), signature)).result()).isEqualTo(result);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a=new-sha512; c=relaxed/new; h=from; bh=AAAA; b=AAAA;",
        "a=rsa-sha1; h=from; bh=AAAA; b=AAAA;",
        "h=subject; bh=!; q=http;"
      })
  void onlyTheNewestMessageSignatureHasToBeOfUse(String tags) throws IOException {
    HeaderField old = HeaderField.of("ARC-Message-Signature", "i=1; d=list1.example; s=s; " + tags);
    Message first = sealed(message(), 1, told("i=1; list1.example; none"), old);
    assertThat(judged(first).result()).isEqualTo("fail");
    Message second = sealed(first, 2, ChainStatus.PASS);
    assertThat(judged(second).result()).isEqualTo("pass");
    assertThat(judged(second).value("header", "oldest-pass")).contains("2");
  }

  private static HeaderField told(String value) {
    return HeaderField.of("ARC-Authentication-Results", value);
  }

  private Message sealed(Message message, int by, HeaderField told, HeaderField signature) {
    HeaderField seal =
        new Sealer(CLOCK, RULES).seal(message, by, ChainStatus.NONE, told, signature, key(by));
    return message.withHeaders(h -> h.withFirst(told).withFirst(signature).withFirst(seal));
  }

  private Message sealed(Message message, int by, ChainStatus status) throws IOException {
    Message out = message;
    for (HeaderField field : sealer(message, by, status).reversed()) {
      out = out.withHeaders(h -> h.withFirst(field));
    }
    return out;
  }

  private List<HeaderField> sealer(Message message, int by, ChainStatus status) throws IOException {
    return new Sealer(CLOCK, RULES)
        .seal(message, status, "list" + by + ".example", RESULTS, key(by));
  }

  private SigningKey key(int by) {
    String domain = "list" + by + ".example";
    String p = Base64.getEncoder().encodeToString(pair.getPublic().getEncoded());
    dns.without("s._domainkey." + domain);
    dns.withTxt("s._domainkey." + domain, "v=DKIM1; p=" + p);
    return new SigningKey(domain, "s", SignatureAlgorithm.RSA_SHA256, pair.getPrivate());
  }

  private ChainStatus status(Message message) {
    return ChainStatus.of(judged(message).result()).orElseThrow();
  }

  private MethodResult judged(Message message) {
    Outcome outcome = new Arc(dns, CLOCK).process(MailBuilder.aMail().message(message).build());
    return Verdicts.of(((Outcome.Continue) outcome).mail()).getFirst();
  }

  private static Message message() {
    return MailBuilder.aMail().body("Hello.\nSecond line.\n").build().message();
  }

  private static HeaderField subject(String text) {
    return HeaderField.of("Subject", text);
  }

  private static KeyPair pair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(1024);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
