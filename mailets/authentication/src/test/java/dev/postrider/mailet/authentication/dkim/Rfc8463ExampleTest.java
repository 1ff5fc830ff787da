package dev.postrider.mailet.authentication.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.plugin.Message;
import dev.postrider.plugin.testkit.FixedClock;
import dev.postrider.plugin.testkit.InMemoryDns;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The example of RFC 8463, appendix A. */
class Rfc8463ExampleTest {

  private static final String MAIL =
      """
      DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;
       d=football.example.com; i=@football.example.com;
       q=dns/txt; s=brisbane; t=1528637909; h=from : to :
       subject : date : message-id : from : subject : date;
       bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
       b=/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11Bus
       Fa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==
      From: Joe SixPack <joe@football.example.com>
      To: Suzie Q <suzie@shopping.example.net>
      Subject: Is dinner ready?
      Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)
      Message-ID: <20030712040037.46341.5F8J@football.example.com>

      Hi.

      We lost the game.  Are you hungry yet?

      Joe.
      """
          .replace("\n", "\r\n");

  @Test
  void theSignatureHolds() throws IOException {
    assertThat(verdict(MAIL)).isEqualTo(Verdict.PASS);
  }

  @Test
  void anotherSubjectAndAnotherBodyAreSeen() throws IOException {
    assertThat(verdict(MAIL.replace("dinner", "lunch"))).isEqualTo(Verdict.FAIL);
    assertThat(verdict(MAIL.replace("lost", "won"))).isEqualTo(Verdict.FAIL);
    assertThat(verdict(MAIL.replace("From: Joe", "Subject: too\r\nFrom: Joe")))
        .as("a field that was signed as missing")
        .isEqualTo(Verdict.FAIL);
  }

  private static Verdict verdict(String text) throws IOException {
    InMemoryDns dns =
        new InMemoryDns()
            .withTxt(
                "brisbane._domainkey.football.example.com",
                "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=");
    FixedClock clock = FixedClock.at("2026-11-23T12:00:00Z");
    Message message = Message.of(text.getBytes(StandardCharsets.ISO_8859_1));
    return new DkimVerifier(dns, clock, VerifyPolicy.STANDARD).verify(message).getFirst().verdict();
  }
}
