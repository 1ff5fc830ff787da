package dev.postrider.mailet.filtering.rspamd;

import static dev.postrider.plugin.testkit.MailBuilder.aMail;
import static dev.postrider.plugin.testkit.PluginAssertions.assertThatMailet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.mailet.filtering.Treatment;
import dev.postrider.plugin.HeaderField;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.service.HttpField;
import dev.postrider.plugin.testkit.MailBuilder;
import dev.postrider.plugin.testkit.OutcomeAssert;
import dev.postrider.plugin.testkit.ScriptedHttp;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RspamdTest {

  private static final String URL = "http://127.0.0.1:11333";
  private static final String CHECK = URL + "/checkv2";

  private final ScriptedHttp http = new ScriptedHttp();

  private static String json(String action, String more) {
    return "{\"is_skipped\":false,\"score\":7.25,\"required_score\":15.0,\"action\":\""
        + action
        + "\",\"symbols\":{\"A\":{\"name\":\"A\",\"score\":1.5},\"B\":{}},\"message-id\":\"undef\""
        + more
        + "}";
  }

  private OutcomeAssert answered(String json, Rspamds kind, MailBuilder mail) {
    http.answering(CHECK, 200, json);
    return assertThatMailet(kind.of(http, URL)).given(mail);
  }

  private OutcomeAssert answered(String json, MailBuilder mail) {
    return answered(json, Rspamds.standard(), mail);
  }

  private static List<String> header(Mail mail) {
    return mail.message().headers().fields().stream().map(HeaderField::toString).toList();
  }

  @Test
  void envelopeAndClientAreTold() {
    answered(
            json("no action", ""),
            aMail()
                .id("q1")
                .from("")
                .to("bob@example.test", "grün@example.test")
                .helo("a\tb")
                .loggedInAs("alice@example.test"))
        .continues();
    assertThat(http.requests()).hasSize(1);
    assertThat(http.requests().getFirst().headers())
        .containsExactly(
            new HttpField("Content-Type", "message/rfc822"),
            new HttpField("Queue-Id", "q1"),
            new HttpField("From", "<>"),
            new HttpField("IP", "192.0.2.1"),
            new HttpField("Rcpt", "<bob@example.test>"),
            new HttpField("Rcpt", "<gr\u00c3\u00bcn@example.test>"),
            new HttpField("Helo", "a?b"),
            new HttpField("User", "alice@example.test"),
            new HttpField("Password", "secret"));
  }

  @Test
  void theVerdictIsInTheAttributes() {
    answered(json("no action", ""), aMail())
        .continues()
        .withAttribute("rspamd.action", "no action")
        .withAttribute("rspamd.score", "7.25")
        .withAttribute("rspamd.required", "15")
        .withAttribute("rspamd.symbols", "A,B")
        .withoutHeader("X-Spam");
  }

  @Test
  void everyActionBecomesItsOutcome() {
    String message = ",\"messages\":{\"smtp_message\":\"not this\"}";
    answered(json("reject", message), aMail()).refuses("554 5.7.1 not this");
    answered(json("reject", ""), aMail()).refuses("554 5.7.1 spam message rejected");
    answered(json("reject", ""), Rspamds.standard().treating(Treatment.HOLD), aMail())
        .holds("rspamd: reject, 7.25 of 15");
    answered(json("reject", ""), Rspamds.standard().treating(Treatment.MARK), aMail())
        .continues()
        .withAttribute("rspamd.action", "reject");
    answered(json("soft reject", message), aMail()).refuses("451 4.7.1 not this");
    answered(json("greylist", ""), aMail()).continues().withAttribute("rspamd.action", "greylist");
    answered(json("greylist", ""), Rspamds.standard().greylisting(), aMail())
        .refuses("451 4.7.1 try again later");
    answered(json("discard", ""), aMail()).discards();
    answered(json("quarantine", ""), aMail()).holds("rspamd: quarantine, 7.25 of 15");
    answered(json("add header", ""), aMail()).continues().withHeader("X-Spam", "Yes");
    answered(json("own action", ""), aMail())
        .continues()
        .withAttribute("rspamd.action", "own action")
        .withoutHeader("X-Spam");
  }

  @Test
  void theSubjectIsRewritten() {
    answered(json("rewrite subject", ",\"subject\":\"[SPAM] grüß\""), aMail().subject("old"))
        .continues()
        .withHeader("Subject", "[SPAM] grüß")
        .withHeader("X-Spam", "Yes");
    answered(json("rewrite subject", ""), aMail().subject("alt: grün"))
        .continues()
        .withHeader("Subject", "*** SPAM *** alt: grün");
  }

  @Test
  void forgedFieldsAreTakenOffWhateverHappens() {
    MailBuilder forged = aMail().header("x-spam", "No").header("X-SPAM", "no");
    answered(json("no action", ""), forged).continues().withoutHeader("X-Spam");
    http.failing(CHECK, "gone");
    assertThatMailet(Rspamds.standard().open().of(http, URL))
        .given(forged)
        .continues()
        .withoutHeader("X-Spam")
        .withAttribute("rspamd.action", "failed");
    assertThatMailet(Rspamds.standard().of(http, URL))
        .given(forged.body("x".repeat(2 << 20)))
        .continues()
        .withoutHeader("X-Spam")
        .withAttribute("rspamd.action", "too-large");
  }

  @Test
  void headerFieldsAreRemovedAndAddedWhereRspamdSays() {
    MailBuilder mail = aMail().message("A: 1\nB: 2\nA: 3\nC: 4\nA: 5\nD: 6\nD: 7\n\nbody\n");
    Mail after =
        answered(
                json(
                    "no action",
                    ",\"milter\":{\"remove_headers\":{\"a\":2,\"C\":0,\"D\":-1,\"None\":1},"
                        + "\"add_headers\":{\"X-Top\":{\"value\":\"t\",\"order\":0},"
                        + "\"X-Second\":{\"value\":\"folded\\r\\n\\there\",\"order\":1},"
                        + "\"X-End\":\"grün\","
                        + "\"X-Far\":{\"value\":\"f\",\"order\":99},"
                        + "\"X-Two\":[\"one\",{\"value\":\"two\"}]},"
                        + "\"change_from\":\"x@example.org\"}"),
                mail)
            .continues()
            .mail();
    assertThat(header(after))
        .containsExactly(
            "x-top: t",
            "x-second: folded?here",
            "a: 1",
            "b: 2",
            "a: 5",
            "d: 6",
            "x-end: grün",
            "x-far: f",
            "x-two: one",
            "x-two: two");
    assertThat(after.message().source()).isSameAs(mail.build().message().source());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"A\":{\"value\":\"x\\r\\nB: y\"}}",
        "{\"A\":\"x\\ny\"}",
        "{\"A\":\"x\\r\\n\\r\\nbody\"}",
        "{\"A\":\"x\\u0000y\"}",
        "{\"A B\":\"x\"}",
        "{\"\":\"x\"}",
        "{\"A:b\\r\\nC\":\"x\"}"
      })
  void oneChangeThatCanNotBeMadeUndoesAll(String wrong) {
    String milter =
        ",\"milter\":{\"remove_headers\":{\"Subject\":0},\"add_headers\":"
            + "{\"X-Good\":\"yes\","
            + wrong.substring(1)
            + "}";
    MailBuilder mail = aMail().subject("kept");
    assertThat(answered(json("no action", milter), mail).outcome())
        .isInstanceOf(Outcome.Defer.class);
    answered(json("no action", milter), Rspamds.standard().open(), mail)
        .continues()
        .withHeader("Subject", "kept")
        .withoutHeader("X-Good");
  }

  @Test
  void anAnswerThatIsCutOffAnywhereIsNone() {
    String whole =
        json("no action", ",\"milter\":{\"add_headers\":{\"X\":{\"value\":\"v\",\"order\":0}}}");
    for (int cut = 0; cut < whole.length(); cut++) {
      Outcome outcome = answered(whole.substring(0, cut), aMail()).outcome();
      assertThat(outcome).as("cut at %d", cut).isInstanceOf(Outcome.Defer.class);
    }
    answered(whole, aMail()).continues().withHeader("X", "v");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "null",
        "{}",
        "{\"action\":1}",
        "{\"action\":\" \"}",
        "{\"action\":\"no action\"} {}",
        "{\"action\":\"no action\",\"score\":1e300}",
        "{\"error\":\"cannot parse\"}",
        "{\"action\":\"no action\",\"x\":[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]}"
      })
  void whatCanNotBeFollowedIsAFailure(String json) {
    assertThat(answered(json, aMail()).outcome()).isInstanceOf(Outcome.Defer.class);
  }

  @Test
  void tooManyChangesAreAFailure() {
    String many = "\"X\":[" + "\"v\",".repeat(200) + "\"v\"]";
    assertThat(
            answered(json("no action", ",\"milter\":{\"add_headers\":{" + many + "}}"), aMail())
                .outcome())
        .isInstanceOf(Outcome.Defer.class);
  }

  @Test
  void anErrorOfOneMessageDoesNotBreakTheCircuitButSilenceDoes() {
    http.answering(CHECK, 400, "{}");
    Rspamd mailet = Rspamds.standard().breakingAfter(2).of(http, URL);
    for (int i = 0; i < 5; i++) {
      assertThatMailet(mailet)
          .given(aMail())
          .defers(
              "rspamd http://127.0.0.1:11333 could not judge it: it answered with the status 400");
    }
    http.failing(CHECK, "gone");
    for (int i = 0; i < 5; i++) {
      assertThat(mailet.process(aMail().build())).isInstanceOf(Outcome.Defer.class);
    }
    assertThat(http.requests()).hasSize(7);
    http.answering(CHECK, 503, "{}");
    Rspamd other = Rspamds.standard().breakingAfter(1).of(http, URL);
    other.process(aMail().build());
    other.process(aMail().build());
    assertThat(http.requests()).hasSize(8);
  }

  @Test
  void beforeTheMessageThereIsNothingToJudge() {
    assertThatMailet(Rspamds.standard().of(http, URL))
        .given(aMail().atSender())
        .continuesUnchanged();
    assertThat(http.requests()).isEmpty();
  }
}
