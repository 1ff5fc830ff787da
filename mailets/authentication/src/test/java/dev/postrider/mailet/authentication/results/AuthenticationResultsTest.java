package dev.postrider.mailet.authentication.results;

import static dev.postrider.plugin.testkit.MailBuilder.aMail;
import static dev.postrider.plugin.testkit.PluginAssertions.assertThatMailet;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postrider.plugin.HeaderField;
import dev.postrider.plugin.Headers;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Message;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.testkit.Cost;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthenticationResultsTest {

  private final AuthenticationResults mailet =
      new AuthenticationResults(() -> "mx.example.test", Optional.empty(), true);

  @Test
  void theFieldStandsOnTopAndTellsWhatWasFound() {
    Mail mail =
        Verdicts.add(
            aMail().build(),
            MethodResult.of("spf", "fail")
                .withComment("192.0.2.1 may not")
                .with("smtp", "mailfrom", "\"a b\"@example.org"));
    assertThatMailet(mailet)
        .given(mail)
        .continues()
        .withHeader(
            "Authentication-Results",
            "mx.example.test; spf=fail (192.0.2.1 may not)"
                + " smtp.mailfrom=\"\\\"a b\\\"@example.org\"");
    assertThat(process(mail).message().headers().fields().getFirst().raw())
        .startsWith("Authentication-Results: mx.example.test;")
        .contains("\r\n ");
  }

  @Test
  void nothingFoundIsToldToo() {
    assertThatMailet(mailet)
        .given(aMail())
        .continues()
        .withHeader("Authentication-Results", "mx.example.test; none");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Authentication-Results: mx.example.test; dkim=pass\r\n",
        "authentication-RESULTS: MX.Example.TEST 1; dkim=pass\r\n",
        "Authentication-Results : mx.example.test; dkim=pass\r\n",
        "Authentication-Results:\r\n (a (nested\\) comment)) mx.example.test\r\n ; dkim=pass\r\n",
        "Authentication-Results: \"mx.example.test\"; dkim=pass\r\n",
        "Authentication-Results: \"mx.\\example.test\"; dkim=pass\r\n",
        "Authentication-Results: mx.example.test.; dkim=pass\r\n",
        "Authentication-Results: =?utf-8?q?mx.example.test?=; dkim=pass\r\n",
        "Authentication-Results: mx.example.test\r\n",
        "Authentication-Results: (never closed mx.example.test; dkim=pass\r\n",
        "Authentication-Results: ; mx.example.test; dkim=pass\r\n",
        "Authentication-Results:\r\n",
        "Authentication-Results: other.example 2; dkim=pass\r\n",
        "Authentication-Results: other.example (then) 11; dkim=pass\r\n",
        "Authentication-Results: other.example 1.0; dkim=pass\r\n"
      })
  void aFieldThatClaimsToBeOursOrCannotBeReadOrIsOfAnotherVersionIsRemoved(String forged) {
    Headers headers = process(aMail().rawHeader(forged).build()).message().headers();
    assertThat(headers.all("Authentication-Results").map(HeaderField::value))
        .containsExactly("mx.example.test; none");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no field\r\nAuthentication-Results: mx.example.test; dkim=pass\r\n\r\nx",
        ">From x\r\nauthentication-RESULTS \t: mx.example.test; dkim=pass\r\n\r\nx",
        "no field\nSubject: x\nAuthentication-Results:\n mx.example.test; dkim=pass\n\nx"
      })
  void aMailThatHidesOneFromTheServerIsRefused(String rest) {
    Mail mail = hiding(rest);
    assertThat(mailet.process(mail))
        .isInstanceOfSatisfying(
            Outcome.Refuse.class,
            refused -> assertThat(refused.status().toString()).startsWith("550 5.6.0 "));
    AuthenticationResults removing =
        new AuthenticationResults(() -> "mx.example.test", Optional.empty(), false);
    assertThatMailet(removing).given(mail).continuesUnchanged();
  }

  @Test
  void behindAnyAmountOfHeaderOneIsFound() {
    String much = "X-Fill: x\r\n".repeat(30_000);
    assertThat(mailet.process(hiding(much + "Authentication-Results: a; dkim=pass\r\n\r\nx")))
        .isInstanceOf(Outcome.Refuse.class);
    assertThat(mailet.process(hiding("\r\nAuthentication-Results: a; dkim=pass\r\n\r\nx")))
        .isInstanceOf(Outcome.Continue.class);
    Mail endless = hiding("no field\r\n" + "Authentication-Results \r\n".repeat(100_000));
    Cost cost = Cost.of(() -> assertThat(mailet.process(endless)).isNotNull());
    System.out.println("hidden fields in 2.4 MB: " + cost.within(Duration.ofSeconds(1), 64 << 20));
  }

  private static Mail hiding(String rest) {
    return aMail()
        .message(Message.of(("From: a@example.org\r\n" + rest).getBytes(US_ASCII)))
        .build();
  }

  @Test
  void fieldsOfOthersStay() {
    Mail mail =
        aMail()
            .header("Authentication-Results", "mx.example.test.evil.example; dkim=pass")
            .header("Authentication-Results", "other.example; spf=pass")
            .header("Authentication-Results", "other.example 1; spf=pass")
            .header("Authentication-Results", "other.example(first)1(of all); spf=pass")
            .build();
    assertThat(process(mail).message().headers().count("Authentication-Results")).isEqualTo(5);
  }

  @Test
  void theNameCanBeGiven() {
    assertThatMailet(
            new AuthenticationResults(() -> "a.example", Optional.of("example.test"), true))
        .given(aMail().header("Authentication-Results", "example.test; dkim=pass"))
        .continues()
        .withHeader("Authentication-Results", "example.test; none");
    assertThatThrownBy(() -> new AuthenticationResults(() -> "a", Optional.of("a b"), true))
        .hasMessageContaining("authservId is a name like");
  }

  @Test
  void itCanJustRemoveWhatIsForged() {
    AuthenticationResults removing =
        new AuthenticationResults(() -> "mx.example.test", Optional.empty(), false);
    assertThatMailet(removing).given(aMail()).continuesUnchanged();
    assertThatMailet(removing)
        .given(aMail().header("Authentication-Results", "mx.example.test; dmarc=pass"))
        .continues()
        .withoutHeader("Authentication-Results");
  }

  private Mail process(Mail mail) {
    return ((Outcome.Continue) mailet.process(mail)).mail();
  }
}
