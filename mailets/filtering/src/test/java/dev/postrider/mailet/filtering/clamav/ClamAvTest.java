package dev.postrider.mailet.filtering.clamav;

import static dev.postrider.plugin.testkit.MailBuilder.aMail;
import static dev.postrider.plugin.testkit.PluginAssertions.assertThatMailet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postrider.mailet.filtering.Treatment;
import dev.postrider.mailet.filtering.daemon.ScriptedPeer;
import dev.postrider.plugin.testkit.MailBuilder;
import dev.postrider.plugin.testkit.OutcomeAssert;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClamAvTest {

  /** Reads commands up to the end of a message, and answers that. */
  static String hear(InputStream in) throws IOException {
    StringBuilder heard = new StringBuilder();
    for (String command = ""; !command.equals("zINSTREAM"); command = word(in)) {
      heard.append(command);
    }
    DataInputStream data = new DataInputStream(in);
    for (int length = data.readInt(); length > 0; length = data.readInt()) {
      heard.append(new String(data.readNBytes(length), StandardCharsets.ISO_8859_1));
    }
    return heard.toString();
  }

  private static String word(InputStream in) throws IOException {
    StringBuilder out = new StringBuilder();
    for (int c = in.read(); c > 0; c = in.read()) {
      out.append((char) c);
    }
    if (out.isEmpty()) {
      throw new IOException("the client has gone");
    }
    return out.toString();
  }

  /** One that answers each message in a session with a number and this. */
  static ScriptedPeer answering(String reply, List<String> heard) throws IOException {
    return new ScriptedPeer(
        (_, in, out) -> {
          for (int i = 1; ; i++) {
            heard.add(hear(in));
            out.write((i + ": " + reply + "\0").getBytes(StandardCharsets.UTF_8));
          }
        });
  }

  private static OutcomeAssert answered(String reply, ClamAvs kind, MailBuilder mail)
      throws IOException {
    try (ScriptedPeer peer = answering(reply, new CopyOnWriteArrayList<>())) {
      return assertThatMailet(kind.of(peer.address())).given(mail);
    }
  }

  @Test
  void theWholeMessageIsSentAndTheSessionIsKept() throws IOException {
    List<String> heard = new CopyOnWriteArrayList<>();
    try (ScriptedPeer peer = answering("stream: OK", heard)) {
      ClamAv mailet = ClamAvs.standard().of(peer.address());
      for (int i = 0; i < 3; i++) {
        assertThatMailet(mailet)
            .given(aMail().message("Subject: a\n\n" + "x".repeat(70_000 * i)))
            .continues()
            .withAttribute("clamav.verdict", "clean");
      }
      assertThat(peer.connections()).isEqualTo(1);
    }
    assertThat(heard)
        .containsExactly(
            "zIDSESSIONSubject: a\r\n\r\n",
            "Subject: a\r\n\r\n" + "x".repeat(70_000),
            "Subject: a\r\n\r\n" + "x".repeat(140_000));
  }

  @Test
  void aSessionThatWasClosedMeanwhileIsFollowedByANewOne() throws IOException {
    try (ScriptedPeer peer = answering("stream: OK", new CopyOnWriteArrayList<>())) {
      ClamAv mailet = ClamAvs.standard().of(peer.address());
      for (int i = 0; i < 3; i++) {
        assertThatMailet(mailet).given(aMail()).continues();
        peer.hangUp();
      }
      assertThat(peer.connections()).isEqualTo(3);
    }
  }

  @Test
  void whatWasFoundIsTreatedAsConfigured() throws IOException {
    ClamAvs kind = ClamAvs.standard();
    String found = "stream: Win.Test-1 FOUND";
    answered(found, kind, aMail()).refuses("550 5.7.1 the message holds Win.Test-1");
    answered(found, kind.treating(Treatment.HOLD, Treatment.MARK), aMail())
        .holds("clamd found Win.Test-1");
    answered(
            found,
            kind.treating(Treatment.MARK, Treatment.MARK).telling("X-Virus-Status"),
            aMail().header("X-Virus-Status", "Clean"))
        .continues()
        .withAttribute("clamav.verdict", "infected")
        .withAttribute("clamav.signature", "Win.Test-1")
        .withHeader("X-Virus-Status", "Infected (Win.Test-1)");
  }

  @Test
  void aForgedVerdictIsTakenOff() throws IOException {
    MailBuilder forged = aMail().header("x-virus-STATUS", "Clean").header("X-Virus-Status", "no");
    assertThat(
            answered("stream: OK", ClamAvs.standard().telling("X-Virus-Status"), forged)
                .continues()
                .withHeader("X-Virus-Status", "Clean")
                .mail()
                .message()
                .headers()
                .count("X-Virus-Status"))
        .isEqualTo(1);
    assertThatMailet(ClamAvs.standard().open().telling("X-Virus-Status").of(ScriptedPeer.nobody()))
        .given(forged)
        .continues()
        .withAttribute("clamav.verdict", "failed")
        .withHeader("X-Virus-Status", "Not scanned (no answer)");
  }

  @ParameterizedTest
  @CsvSource({
    "'a b\tc', a_b_c",
    "'a\r\n250 fine', a__250_fine",
    "'\u001b[31mred\u202e', __31mred___",
    "'grün', gr__n"
  })
  void theNameOfASignatureIsEscaped(String name, String escaped) throws IOException {
    answered("stream: " + name + " FOUND", ClamAvs.standard(), aMail())
        .refuses("550 5.7.1 the message holds " + escaped);
  }

  @Test
  void aLongNameIsCut() throws IOException {
    answered("stream: " + "n".repeat(900) + " FOUND", ClamAvs.standard(), aMail())
        .refuses("550 5.7.1 the message holds " + "n".repeat(120));
  }

  @Test
  void tooLargeIsTreatedAsConfiguredWhoeverSaysIt() throws IOException {
    String reply = "INSTREAM size limit exceeded. ERROR";
    MailBuilder large = aMail().body("x".repeat(3 << 20));
    ClamAvs kind = ClamAvs.standard();
    answered(reply, kind, aMail()).continues().withAttribute("clamav.verdict", "too-large");
    assertThatMailet(kind.of(ScriptedPeer.nobody()))
        .given(large)
        .continues()
        .withAttribute("clamav.verdict", "too-large");
    ClamAvs strict = kind.treating(Treatment.REFUSE, Treatment.REFUSE);
    assertThatMailet(strict.of(ScriptedPeer.nobody())).given(large).refuses("552 5.7.1");
    answered(reply, kind.treating(Treatment.REFUSE, Treatment.HOLD), aMail())
        .holds("too large to be scanned by clamd");
  }

  @Test
  void anErrorOfThisMessageIsAFailureThatTheBreakerDoesNotCount() throws IOException {
    answered("stream: Can't allocate memory ERROR", ClamAvs.standard().open(), aMail())
        .continues()
        .withAttribute("clamav.verdict", "failed");
  }

  @Test
  void beforeTheMessageThereIsNothingToScan() throws IOException {
    ClamAv mailet = ClamAvs.standard().of(ScriptedPeer.nobody());
    assertThatMailet(mailet).given(aMail().atSender()).continuesUnchanged();
    assertThatMailet(mailet).given(aMail().atRecipient()).continuesUnchanged();
  }

  @Test
  void verdictsInWordsAreReadBack() {
    for (String text : List.of("clean", "too-large", "found A.b-1", "unable no memory")) {
      assertThat(ScanVerdict.parse(" " + text + "\n").text()).isEqualTo(text);
    }
    for (String wrong : List.of("", "cleaner", "found", "found  ", "OK")) {
      assertThatThrownBy(() -> ScanVerdict.parse(wrong))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
