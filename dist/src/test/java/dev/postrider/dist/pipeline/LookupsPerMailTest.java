package dev.postrider.dist.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.mailet.authentication.dkim.DkimSigner;
import dev.postrider.mailet.authentication.dkim.SignatureAlgorithm;
import dev.postrider.mailet.authentication.dkim.SigningKey;
import dev.postrider.mailet.authentication.dkim.SigningRules;
import dev.postrider.plugin.HeaderField;
import dev.postrider.plugin.Message;
import dev.postrider.plugin.testkit.FixedClock;
import dev.postrider.plugin.testkit.InMemoryDns;
import dev.postrider.plugin.testkit.MailBuilder;
import dev.postrider.plugin.testkit.pipeline.PipelineFile;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the shipped pipeline asks name servers for one mail of a stranger. */
class LookupsPerMailTest {

  private static final FixedClock CLOCK = FixedClock.at("2026-11-23T12:00:00Z");

  @Test
  void aSignedMailCostsFewLookups() throws Exception {
    KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    byte[] key = pair.getPublic().getEncoded();
    String p =
        Base64.getEncoder().encodeToString(Arrays.copyOfRange(key, key.length - 32, key.length));
    InMemoryDns dns =
        new InMemoryDns()
            .withTxt("elsewhere.example", "v=spf1 ip4:203.0.113.0/24 -all")
            .withTxt("_dmarc.elsewhere.example", "v=DMARC1; p=reject")
            .withTxt("s._domainkey.elsewhere.example", "v=DKIM1; k=ed25519; p=" + p)
            .withMx("elsewhere.example", 10, "mail.elsewhere.example")
            .withAddress("mail.elsewhere.example", "203.0.113.9")
            .withReverse("203.0.113.9", "mail.elsewhere.example");
    MailBuilder mail =
        MailBuilder.aMail()
            .from("friend@elsewhere.example")
            .client("203.0.113.9")
            .helo("mail.elsewhere.example");
    Message plain = mail.build().message();
    SigningKey signing =
        new SigningKey(
            "elsewhere.example", "s", SignatureAlgorithm.ED25519_SHA256, pair.getPrivate());
    SigningRules rules =
        new SigningRules(SigningRules.OVERSIGNED, SigningRules.SIGNED, Optional.empty());
    HeaderField field = new DkimSigner(CLOCK, rules).sign(plain, List.of(signing)).getFirst();
    Path file = Path.of(System.getProperty("basedir", ""), "conf", "pipeline.xml");
    PipelineFile.load(file)
        .withPluginsOnClassPath()
        .dns(dns)
        .clock(CLOCK)
        .run(mail.message(plain.withHeaders(headers -> headers.withFirst(field))))
        .delivers("bob@example.test", "INBOX");
    System.out.println(dns.queries().size() + " lookups for a signed mail: " + dns.queries());
    assertThat(dns.queries().stream().distinct()).hasSizeLessThanOrEqualTo(10);
  }
}
