package dev.postrider.mailet.authentication.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postrider.plugin.Mail;
import dev.postrider.plugin.testkit.Cost;
import dev.postrider.plugin.testkit.MailBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResultsFieldTest {

  @Test
  void theExampleOfTheRfcIsRead() {
    ResultsField field =
        ResultsField.read(
                """
                foo.example.net (foobar) 1 (baz);
                    dkim (Because I like it) / 1 (One yay) = (wait for it) fail
                      policy (A dot can go here) . (like that) expired
                      (this surprised me) = (as I wasn't expecting it) 1362471462""")
            .orElseThrow();
    assertThat(field.authservId()).isEqualTo("foo.example.net");
    assertThat(field.results()).hasSize(1);
    MethodResult result = field.results().getFirst();
    assertThat(result.is("dkim", "fail")).isTrue();
    assertThat(result.value("policy", "expired")).contains("1362471462");
  }

  @Test
  void severalResultsWithAllTheirPartsAreRead() {
    ResultsField field =
        ResultsField.read(
                "example.com; spf=Pass (ok \\) yes (nested)) smtp.mailfrom=a@example.net;"
                    + " dkim=pass reason=\"good; enough\" header.d=b.example header.b=ab/c+d=;"
                    + " iprev=pass policy.iprev=\"2001:db8::1\"; arc=none")
            .orElseThrow();
    assertThat(field.results()).hasSize(4);
    assertThat(field.results().get(0).comment()).contains("ok ) yes (nested)");
    assertThat(field.results().get(0).result()).isEqualTo("pass");
    assertThat(field.results().get(1).reason()).contains("good; enough");
    assertThat(field.results().get(1).value("header", "b")).contains("ab/c+d=");
    assertThat(field.results().get(2).value("policy", "iprev")).contains("2001:db8::1");
    assertThat(ResultsField.read("example.com 1; none").orElseThrow().results()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", ";", "(open", "\"open", "a b; none", "a =x", "(a)(b) ; none", "()"})
  void whatHasNoIdentifierIsNotRead(String value) {
    assertThat(ResultsField.read(value)).isEmpty();
  }

  @Test
  void whatIsWrittenIsReadAgainWhateverStrangersPutIn() {
    Random random = new Random(7);
    for (int i = 0; i < 2000; i++) {
      MethodResult result =
          MethodResult.of("spf", "fail")
              .with("smtp", "mailfrom", noise(random))
              .with("policy", "x", noise(random))
              .withReason(noise(random))
              .withComment(noise(random));
      assertThat(MethodResult.read(result.toString())).contains(result);
      assertThat(result.toString()).matches("[ -~]*");
      String field = new ResultsField("mx.example", List.of(result, result)).toString();
      assertThat(ResultsField.read(field).orElseThrow().results()).containsExactly(result, result);
    }
  }

  private static String noise(Random random) {
    String alphabet = "ab@.;()\"\\= \r\n\t\0é=?,:<>/";
    StringBuilder out = new StringBuilder();
    for (int i = random.nextInt(12); i >= 0; i--) {
      out.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return out.toString();
  }

  @Test
  void hostileFieldsCostLinearTime() {
    for (String part : List.of("(", "\"", "\\", "a;b=c ", "; ", "x=", "a.b=c ", "()")) {
      String hostile = part.repeat(500_000 / part.length());
      Cost cost =
          Cost.of(
              () -> {
                assertThat(ResultsField.read("a; " + hostile)).isNotNull();
                assertThat(ResultsField.read(hostile)).isNotNull();
              });
      System.out.println(
          "Authentication-Results of 500 KB of "
              + part
              + ": "
              + cost.within(Duration.ofSeconds(1), 128 << 20));
    }
  }

  @Test
  void namesThatAreNoneAreRefused() {
    assertThatThrownBy(() -> MethodResult.of("s pf", "pass"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> MethodResult.of("spf", "pass").with("smtp", "a=b", ""))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void resultsGatherInTheAttributeWithinItsLimit() {
    Mail mail = MailBuilder.aMail().build();
    assertThat(Verdicts.of(mail)).isEmpty();
    mail = Verdicts.add(mail, MethodResult.of("spf", "pass").with("smtp", "helo", "a.example"));
    MethodResult signature =
        MethodResult.of("dkim", "fail").with("header", "d", "x".repeat(390)).withComment("c");
    for (int i = 0; i < 1000; i++) {
      mail = Verdicts.add(mail, signature);
    }
    mail = Verdicts.add(mail, MethodResult.of("dmarc", "fail").withReason("r".repeat(500)));
    assertThat(mail.attribute(Verdicts.ATTRIBUTE).orElseThrow()).hasSizeLessThan(8192);
    assertThat(Verdicts.of(mail, "spf")).hasSize(1);
    assertThat(Verdicts.of(mail, "dkim")).hasSize(6);
    assertThat(Verdicts.of(mail, "dmarc"))
        .singleElement()
        .satisfies(last -> assertThat(last.reason()).contains("r".repeat(200)));
    assertThat(Verdicts.of(mail.withAttribute(Verdicts.ATTRIBUTE, "rubbish\nspf=none\n")))
        .containsExactly(MethodResult.of("spf", "none"));
  }
}
