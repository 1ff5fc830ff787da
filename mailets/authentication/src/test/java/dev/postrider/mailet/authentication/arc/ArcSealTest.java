package dev.postrider.mailet.authentication.arc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.mailet.authentication.results.MethodResult;
import dev.postrider.mailet.authentication.results.Verdicts;
import dev.postrider.plugin.HeaderField;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.service.Elsewhere;
import dev.postrider.plugin.service.SecretFiles;
import dev.postrider.plugin.testkit.FixedClock;
import dev.postrider.plugin.testkit.InMemoryDns;
import dev.postrider.plugin.testkit.MailBuilder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ArcSealTest {

  private static final FixedClock CLOCK = FixedClock.at("2026-11-23T12:00:00Z");
  private static final KeyPair PAIR = pair();

  private final InMemoryDns dns =
      new InMemoryDns()
          .withTxt(
              "s._domainkey.lists.example",
              "v=DKIM1; p=" + Base64.getEncoder().encodeToString(PAIR.getPublic().getEncoded()));
  private volatile SecretFiles files =
      new SecretFiles(
          Map.of(
              "lists.example/s.pem",
              ("-----BEGIN PRIVATE KEY-----\n"
                      + Base64.getEncoder().encodeToString(PAIR.getPrivate().getEncoded())
                      + "\n-----END PRIVATE KEY-----\n")
                  .getBytes(StandardCharsets.US_ASCII)));

  @Test
  void whatTheChecksFoundIsSealedForTheNextHost() {
    Mail mail = Verdicts.add(MailBuilder.aMail().build(), MethodResult.of("spf", "pass"));
    Mail first = sealed(mail);
    assertThat(first.message().headers().fields())
        .extracting(HeaderField::name)
        .startsWith("ARC-Seal", "ARC-Message-Signature", "ARC-Authentication-Results");
    assertThat(first.message().headers().first("ARC-Authentication-Results").orElseThrow().value())
        .isEqualTo("i=1; mx.lists.example; spf=pass; arc=none");
    assertThat(judged(first)).isEqualTo("pass");
    Mail again = MailBuilder.aMail().message(first.message()).build();
    Mail second = sealed(again);
    assertThat(second.message().headers().count("ARC-Seal")).isEqualTo(2);
    assertThat(judged(second)).isEqualTo("pass");
  }

  @Test
  void withoutAKeyTheMailGoesOnAsItIs() {
    files = SecretFiles.NONE;
    Mail mail = MailBuilder.aMail().build();
    assertThat(sealed(mail)).isEqualTo(mail);
  }

  private Mail sealed(Mail mail) {
    ArcSeal mailet =
        new ArcSeal(
            folder -> files,
            Elsewhere.live(),
            () -> "mx.lists.example",
            dns,
            CLOCK,
            System.getLogger("test"),
            "dkim",
            Optional.empty());
    return ((Outcome.Continue) mailet.process(mail)).mail();
  }

  private String judged(Mail mail) {
    Mail bare = MailBuilder.aMail().message(mail.message()).build();
    Outcome outcome = new Arc(dns, CLOCK).process(bare);
    return Verdicts.of(((Outcome.Continue) outcome).mail()).getFirst().result();
  }

  private static KeyPair pair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
