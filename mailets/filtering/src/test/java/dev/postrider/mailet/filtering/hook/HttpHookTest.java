package dev.postrider.mailet.filtering.hook;

import static dev.postrider.plugin.testkit.MailBuilder.aMail;
import static dev.postrider.plugin.testkit.PluginAssertions.assertThatMailet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postrider.mailet.filtering.OnFailure;
import dev.postrider.plugin.ByteSize;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.ProcessorName;
import dev.postrider.plugin.service.Elsewhere;
import dev.postrider.plugin.testkit.FixedClock;
import dev.postrider.plugin.testkit.MailBuilder;
import dev.postrider.plugin.testkit.OutcomeAssert;
import dev.postrider.plugin.testkit.ScriptedHttp;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpHookTest {

  private static final String URL = "https://filter.test/check";

  private final ScriptedHttp http = new ScriptedHttp();
  private final FixedClock clock = FixedClock.at("2026-11-23T12:00:00Z");
  private Elsewhere elsewhere = Elsewhere.live();

  private HttpHook hook(OnFailure onFailure) {
    return new HttpHook(
        http,
        elsewhere,
        clock,
        System.getLogger("test"),
        HookUrl.parse(URL),
        Duration.ofSeconds(3),
        Optional.of("secret"),
        ByteSize.parse("1k"),
        List.of(ProcessorName.parse("spam")),
        3,
        Duration.ofSeconds(30),
        onFailure);
  }

  private OutcomeAssert answered(String json) {
    return answered(json, aMail().build());
  }

  private OutcomeAssert answered(String json, Mail mail) {
    http.answering(URL, 200, json);
    return assertThatMailet(hook(OnFailure.DEFER)).given(mail);
  }

  private String posted() {
    assertThat(http.requests()).hasSize(1);
    try (InputStream in = http.requests().getFirst().body().open()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void theExampleOfThePageIsWhatIsPostedAndUnderstood() throws Exception {
    Path page =
        Path.of(System.getProperty("basedir", ""), "..", "..", "dist", "docs", "filters.md");
    List<String> examples =
        Arrays.stream(Files.readString(page).split("```json\n"))
            .skip(1)
            .map(each -> each.substring(0, each.indexOf("```")))
            .toList();
    assertThat(examples).hasSize(2);
    MailBuilder mail = aMail().message("Subject: Buy now\n\nCheap!\n");
    answered(examples.get(1), mail.build()).goesTo("spam").withHeader("X-Spam-Score", "12.5");
    assertThat(posted()).isEqualTo(examples.get(0).replaceAll("(?m)^ +|\n|(?<=[:,]) ", ""));
  }

  @Test
  void theTokenIsSentAndTheDeadlineToo() {
    answered("{\"action\": \"continue\"}").continuesUnchanged();
    assertThat(http.requests().getFirst().headers())
        .extracting(Object::toString)
        .contains("HttpField[name=Authorization, value=Bearer secret]");
    assertThat(http.requests().getFirst().deadline()).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void aMessageAboveTheLimitIsNotSent() {
    answered("{\"action\": \"continue\"}", aMail().body("x".repeat(2000)).build())
        .continuesUnchanged();
    assertThat(posted()).contains("\"size\":").doesNotContain("\"message\":\"");
  }

  @Test
  void beforeTheMessageThereIsNone() {
    answered("{\"action\": \"refuse\"}", aMail().atSender()).refuses("550 5.7.1");
    assertThat(posted())
        .contains("\"stage\":\"sender\"")
        .contains("\"recipients\":[]")
        .doesNotContain("size");
  }

  @Test
  void headersAndAttributesAreChanged() {
    Outcome outcome =
        answered(
                """
                {"action": "continue", "removeHeaders": ["subject"],
                 "addHeaders": [{"name": "A", "value": "1", "first": true},
                                {"name": "B", "value": "2", "first": true},
                                {"name": "Subject", "value": "[SPAM] grüezi"}],
                 "setAttributes": {"filter.score": "3"}, "removeAttributes": ["old"]}
                """,
                aMail().subject("hello").attribute("old", "x").build())
            .outcome();
    Mail mail = ((Outcome.Continue) outcome).mail();
    assertThat(mail.message().headers().fields()).first().hasToString("a: 1");
    assertThat(mail.message().headers().fields().get(1)).hasToString("b: 2");
    assertThat(mail.message().headers().all("Subject"))
        .singleElement()
        .satisfies(field -> assertThat(field.decodedValue()).isEqualTo("[SPAM] grüezi"));
    assertThat(mail.attributes()).containsOnlyKeys("filter.score");
  }

  @Test
  void everyActionBecomesItsOutcome() {
    answered("{\"action\": \"deliver\", \"folder\": \"Junk\"}").delivers("Junk");
    answered("{\"action\": \"deliver\"}").delivers("INBOX");
    answered("{\"action\": \"refuse\", \"status\": \"4.7.0\", \"text\": \"later\"}")
        .refuses("451 4.7.0 later");
    answered("{\"action\": \"refuse\", \"code\": 554, \"status\": \"5.7.0\", \"text\": \"no\"}")
        .refuses("554 5.7.0 no");
    answered("{\"action\": \"defer\", \"reason\": \"busy\"}").defers("busy");
    answered("{\"action\": \"hold\", \"reason\": \"look\\nat it\"}").holds("look at it");
    answered("{\"action\": \"discard\", \"reason\": \"virus\"}").discards();
  }

  @Test
  void noContentMeansContinue() {
    http.answering(URL, 204, "");
    assertThatMailet(hook(OnFailure.DEFER)).given(aMail()).continuesUnchanged();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "[]",
        "{}",
        "{\"action\": 1}",
        "{\"action\": \"explode\"}",
        "{\"action\": \"continue\"} trailing",
        "{\"action\": \"continue\", \"action\": \"discard\"}",
        "{\"action\": \"continue\", \"adHeaders\": []}",
        "{\"action\": \"continue\", \"reason\": \"x\"}",
        "{\"action\": \"continue\", \"addHeaders\": [{\"name\": \"A\", \"value\": \"b\\r\\nC: d\"}]}",
        "{\"action\": \"continue\", \"addHeaders\": [{\"name\": \"A B\", \"value\": \"b\"}]}",
        "{\"action\": \"continue\", \"addHeaders\": [1]}",
        "{\"action\": \"continue\", \"setAttributes\": {\"a\": 1}}",
        "{\"action\": \"processor\", \"processor\": \"root\"}",
        "{\"action\": \"processor\"}",
        "{\"action\": \"refuse\", \"status\": \"2.0.0\"}",
        "{\"action\": \"refuse\", \"code\": 250}",
        "{\"action\": \"refuse\", \"code\": 99999999999}",
        "{\"action\": \"hold\"}",
        "{\"action\": [[[[[[[[[[[[1]]]]]]]]]]]]}",
        "{\"action\": 1.5}"
      })
  void whatCanNotBeFollowedIsAFailure(String json) {
    Outcome deferred = answered(json).outcome();
    assertThat(deferred).isInstanceOf(Outcome.Defer.class);
    assertThat(((Outcome.Defer) deferred).reason())
        .startsWith("the answer of https://filter.test can't be followed: ");
    assertThatMailet(hook(OnFailure.OPEN)).given(aMail()).continuesUnchanged();
  }

  @ParameterizedTest
  @ValueSource(strings = {"deliver\"", "hold\", \"reason\": \"x\"", "discard\", \"reason\": \"x\""})
  void aSessionHasNothingToKeep(String action) {
    Outcome outcome = answered("{\"action\": \"" + action + "}", aMail().atRecipient()).outcome();
    assertThat(outcome).isInstanceOf(Outcome.Defer.class);
  }

  @Test
  void failuresOfTheServiceAreReasons() {
    http.answering(URL, 500, "{}");
    assertThatMailet(hook(OnFailure.DEFER))
        .given(aMail())
        .defers("https://filter.test answered with the status 500");
    http.failing(URL, "https://filter.test: no answer within 3000 ms");
    assertThatMailet(hook(OnFailure.DEFER))
        .given(aMail())
        .defers("https://filter.test: no answer within 3000 ms");
    assertThatMailet(hook(OnFailure.OPEN)).given(aMail()).continuesUnchanged();
  }

  @Test
  void aUrlIsCheckedWhenItIsRead() {
    for (String wrong :
        List.of("ftp://x/", "filter.test", "http:///x", "https://u:p@x/", "http://a b/")) {
      assertThatThrownBy(() -> HookUrl.parse(wrong)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aServiceThatIsOutOfOrderIsLeftAloneForAWhile() {
    HttpHook hook = hook(OnFailure.OPEN);
    http.answering(URL, 404, "no");
    for (int i = 0; i < 10; i++) {
      assertThatMailet(hook).given(aMail()).continuesUnchanged();
    }
    assertThat(http.requests()).as("it answers").hasSize(10);
    http.answering(URL, 503, "no");
    for (int i = 0; i < 10; i++) {
      assertThatMailet(hook).given(aMail()).continuesUnchanged();
    }
    assertThat(http.requests()).hasSize(13);
    clock.advance(Duration.ofSeconds(30));
    http.answering(URL, 204, "");
    assertThatMailet(hook).given(aMail()).continuesUnchanged();
    assertThatMailet(hook).given(aMail()).continuesUnchanged();
    assertThat(http.requests()).as("one tries, then all are asked").hasSize(15);
  }

  @Test
  void testsOfAPipelineDoNotOpenTheBreakerForEachOther() {
    elsewhere =
        new Elsewhere() {
          @Override
          public <T> T ask(
              String question,
              Source<T> source,
              Function<T, String> write,
              Function<String, T> read)
              throws IOException {
            throw new IOException("the test states nothing");
          }
        };
    HttpHook hook = hook(OnFailure.DEFER);
    for (int i = 0; i < 10; i++) {
      assertThat(hook.process(aMail().build())).isInstanceOf(Outcome.Defer.class);
    }
    http.answering(URL, 204, "");
    assertThatMailet(hook).given(aMail()).continuesUnchanged();
  }
}
