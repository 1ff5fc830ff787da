package dev.postrider.mailet.filtering.spamassassin;

import static dev.postrider.plugin.testkit.MailBuilder.aMail;
import static dev.postrider.plugin.testkit.PluginAssertions.assertThatMailet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postrider.mailet.filtering.Treatment;
import dev.postrider.mailet.filtering.daemon.ScriptedPeer;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.testkit.Cost;
import dev.postrider.plugin.testkit.OutcomeAssert;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpamAssassinTest {

  private static final Mail MAIL = aMail().message("Subject: hello\n\nbody\n").build();
  private static final String REQUEST =
      "SYMBOLS SPAMC/1.5\r\nContent-length: 24\r\nUser: nobody\r\n\r\nSubject: hello\r\n\r\nbody\r\n";
  private static final String SPAM = reply("Spam: True ; 7.5 / 5.0", "RULE_A,RULE_B");
  private static final String HAM = reply("Spam: False ; -0.1 / 5.0", "");

  private static String reply(String spam, String rules) {
    return "SPAMD/1.1 0 EX_OK\r\nContent-length: "
        + rules.length()
        + "\r\n"
        + spam
        + "\r\n\r\n"
        + rules;
  }

  private static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static OutcomeAssert answered(String reply, SpamAssassins kind) throws IOException {
    return answered(reply, kind, MAIL);
  }

  private static OutcomeAssert answered(String reply, SpamAssassins kind, Mail mail)
      throws IOException {
    AtomicReference<String> heard = new AtomicReference<>("");
    try (ScriptedPeer peer =
        new ScriptedPeer(
            (_, in, out) -> {
              heard.set(new String(in.readNBytes(REQUEST.length()), StandardCharsets.ISO_8859_1));
              out.write(octets(reply));
            })) {
      OutcomeAssert outcome = assertThatMailet(kind.of(peer.address())).given(mail);
      if (mail == MAIL) {
        assertThat(heard.get()).isEqualTo(REQUEST);
      }
      return outcome;
    }
  }

  @Test
  void scoreThresholdAndRulesAreTold() throws IOException {
    answered(SPAM, SpamAssassins.standard())
        .continues()
        .withAttribute("spamassassin.verdict", "spam")
        .withAttribute("spamassassin.score", "7.5")
        .withAttribute("spamassassin.threshold", "5")
        .withAttribute("spamassassin.symbols", "RULE_A,RULE_B")
        .withHeader("X-Spam-Status", "Yes, score=7.5 required=5 tests=RULE_A, RULE_B");
    answered(HAM, SpamAssassins.standard())
        .continues()
        .withAttribute("spamassassin.verdict", "ham")
        .withAttribute("spamassassin.symbols", "")
        .withHeader("X-Spam-Status", "No, score=-0.1 required=5 tests=");
  }

  @Test
  void ourThresholdCounts() throws IOException {
    answered(SPAM, SpamAssassins.standard().from("7.6"))
        .continues()
        .withAttribute("spamassassin.verdict", "ham");
    answered(HAM, SpamAssassins.standard().from("-1"))
        .continues()
        .withAttribute("spamassassin.verdict", "spam");
  }

  @Test
  void spamIsTreatedAsConfigured() throws IOException {
    SpamAssassins kind = SpamAssassins.standard();
    answered(SPAM, kind.treating(Treatment.REFUSE, "99")).refuses("550 5.7.1 the message looks");
    answered(SPAM, kind.treating(Treatment.HOLD, "7.6"))
        .holds("spam says spamd: score=7.5 required=5 RULE_A,RULE_B");
    answered(SPAM, kind.treating(Treatment.HOLD, "7.5")).refuses("550");
    answered(HAM, kind.treating(Treatment.REFUSE, "-9")).continues();
  }

  @Test
  void aForgedVerdictIsTakenOffEvenWithoutAnAnswer() throws IOException {
    Mail forged = aMail().header("X-Spam-Status", "No").header("X-SPAM-status", "No").build();
    Mail after =
        assertThatMailet(SpamAssassins.standard().open().of(ScriptedPeer.nobody()))
            .given(forged)
            .continues()
            .withAttribute("spamassassin.verdict", "failed")
            .mail();
    assertThat(after.message().headers().all("X-Spam-Status"))
        .singleElement()
        .satisfies(field -> assertThat(field.value()).isEqualTo("No, not judged (no answer)"));
  }

  @Test
  void largeMailsAndEarlyStagesAreNotJudged() throws IOException {
    SpamAssassin mailet = SpamAssassins.standard().of(ScriptedPeer.nobody());
    assertThatMailet(mailet)
        .given(aMail().body("x".repeat(200_000)))
        .continues()
        .withAttribute("spamassassin.verdict", "too-large");
    assertThatMailet(mailet).given(aMail().atRecipient()).continuesUnchanged();
  }

  @Test
  void anErrorOfSpamdIsAFailure() throws IOException {
    Outcome outcome =
        answered("SPAMD/1.0 79 Timeout: (30 second timeout)\r\n", SpamAssassins.standard())
            .outcome();
    assertThat(((Outcome.Defer) outcome).reason()).contains("could not judge it: SPAMD/1.0 79");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\r\n\r\n",
        "HTTP/1.1 200 OK\r\n\r\n",
        "SPAMD/1.1\r\n\r\n",
        "SPAMD/1.1 0 EX_OK\r\n\r\n",
        "SPAMD/1.1 0 EX_OK\r\nContent-length: 1\r\n\r\nA",
        "SPAMD/1.1 0 EX_OK\r\nSpam: True ; 7 / 5\r\n\r\nA",
        "SPAMD/1.1 0 EX_OK\r\nContent-length: -1\r\nSpam: True ; 7 / 5\r\n\r\nA",
        "SPAMD/1.1 0 EX_OK\r\nContent-length: 99999999\r\nSpam: True ; 7 / 5\r\n\r\nA",
        "SPAMD/1.1 0 EX_OK\r\nContent-length: 1\r\nContent-length: 1\r\nSpam: True ; 7 / 5\r\n\r\nA",
        "SPAMD/1.1 0 EX_OK\r\nContent-length: 1\r\nSpam: True\r\n\r\nA",
        "SPAMD/1.1 0 EX_OK\r\nContent-length: 1\r\nSpam: True ; x / 5\r\n\r\nA",
        "SPAMD/1.1 0 EX_OK\r\nContent-length: 1\r\nSpam: True ; NaN / 5\r\n\r\nA",
        "SPAMD/1.1 0 EX_OK\r\nContent-length: 1\r\nSpam: True ; 1e9 / 5\r\n\r\nA",
        "SPAMD/1.1 0 EX_OK\r\nContent-length: 5\r\nSpam: True ; 7 / 5\r\n\r\nA\nB:C",
        "SPAMD/1.1 0 EX_OK\r\nContent-length: 2\r\nSpam: True ; 7 / 5\r\n\r\nA,",
      })
  void anAnswerThatMakesNoSenseIsNone(String reply) throws IOException {
    Outcome outcome = answered(reply, SpamAssassins.standard()).outcome();
    assertThat(outcome).isInstanceOf(Outcome.Defer.class);
  }

  @Test
  void floodsAreCutShort() throws IOException {
    for (String endless : List.of("x", "A: b\r\n", "SPAMD/1.1 0 EX_OK\r\n")) {
      String flood = "SPAMD/1.1 0 EX_OK\r\n" + endless.repeat(100_000);
      Cost cost =
          Cost.of(
              () ->
                  answered(flood, SpamAssassins.standard().open())
                      .continues()
                      .withAttribute("spamassassin.verdict", "failed"));
      System.out.println(
          "spamd, an answer without end: " + cost.within(Duration.ofSeconds(2), 32 << 20));
    }
  }

  @Test
  void anAnswerThatIsCutOffAnywhereIsNone() throws IOException {
    byte[] all = octets(SPAM);
    try (ScriptedPeer peer =
        new ScriptedPeer(
            (number, in, out) -> {
              in.readNBytes(REQUEST.length());
              out.write(all, 0, number);
            })) {
      SpamAssassin mailet = SpamAssassins.standard().of(peer.address());
      for (int cut = 0; cut < all.length; cut++) {
        assertThat(mailet.process(MAIL)).as("cut at %d", cut).isInstanceOf(Outcome.Defer.class);
      }
      assertThat(mailet.process(MAIL)).isInstanceOf(Outcome.Continue.class);
    }
  }

  @Test
  void aDaemonThatDiesAnywhereInTheRequestLeavesTheMailAsItWas() throws IOException {
    try (ScriptedPeer peer = new ScriptedPeer((number, in, _) -> in.readNBytes(number))) {
      SpamAssassin mailet = SpamAssassins.standard().of(peer.address());
      for (int i = 0; i <= REQUEST.length(); i++) {
        assertThat(mailet.process(MAIL)).as("after %d", i).isInstanceOf(Outcome.Defer.class);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 20, 87})
  void silenceEndsAtTheDeadline(int octets) throws IOException {
    try (ScriptedPeer peer =
        new ScriptedPeer(
            (_, in, out) -> {
              in.readNBytes(octets);
              out.write(octets("SPAMD/1.1 0 EX_OK\r\nContent-length: 5\r\n"), 0, octets / 3);
              ScriptedPeer.silence();
            })) {
      assertThatMailet(SpamAssassins.standard().within(Duration.ofMillis(100)).of(peer.address()))
          .given(MAIL)
          .defers("spamd " + peer.address() + " failed: it did not answer in time");
    }
  }

  @Test
  void verdictsInWordsAreReadBack() {
    for (String text : List.of("7.5/5 A,B_2", "-1/5", "unable timeout")) {
      assertThat(SpamdVerdict.parse(" " + text + "\n").text()).isEqualTo(text);
    }
    for (String wrong : List.of("", "7.5", "7.5/", "x/5", "7/5 A B", "1e9999/5")) {
      assertThatThrownBy(() -> SpamdVerdict.parse(wrong))
          .as(wrong)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
