package dev.postrider.mailet.filtering.clamav;

import static dev.postrider.plugin.testkit.MailBuilder.aMail;
import static dev.postrider.plugin.testkit.PluginAssertions.assertThatMailet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.mailet.filtering.daemon.ScriptedPeer;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.testkit.Cost;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever clamd does, a mail is never taken for clean that it did not call clean. */
class HostileClamdTest {

  private static final Mail MAIL = aMail().message("Subject: hello\n\nbody\n").build();
  // zIDSESSION, zINSTREAM, a length, the message, a length of nothing.
  private static final int REQUEST = 11 + 10 + 4 + (int) MAIL.message().size() + 4;

  private static void isDeferred(ClamAv mailet, String as) {
    assertThat(mailet.process(MAIL)).as(as).isInstanceOf(Outcome.Defer.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1: stream: OK\0", "1: stream: A.Virus FOUND\0"})
  void anAnswerThatIsCutOffAnywhereIsNone(String reply) throws IOException {
    byte[] octets = reply.getBytes(StandardCharsets.US_ASCII);
    ScriptedPeer.Script cutting =
        (number, in, out) -> {
          in.readNBytes(REQUEST);
          out.write(octets, 0, number);
        };
    try (ScriptedPeer one = new ScriptedPeer(cutting);
        ScriptedPeer other = new ScriptedPeer(cutting)) {
      ClamAv mailet = ClamAvs.standard().of(one.address());
      ClamAv open = ClamAvs.standard().open().of(other.address());
      for (int cut = 0; cut < octets.length; cut++) {
        isDeferred(mailet, reply.substring(0, cut));
        Mail after = ((Outcome.Continue) open.process(MAIL)).mail();
        assertThat(after.message()).isSameAs(MAIL.message());
        assertThat(after.attribute("clamav.verdict")).contains("failed");
      }
    }
  }

  @Test
  void aDaemonThatDiesAnywhereInTheRequestLeavesTheMailAsItWas() throws IOException {
    try (ScriptedPeer peer = new ScriptedPeer((number, in, _) -> in.readNBytes(number))) {
      ClamAv mailet = ClamAvs.standard().of(peer.address());
      for (int i = 0; i < REQUEST; i++) {
        isDeferred(mailet, "after " + i + " octets");
      }
      assertThat(peer.connections()).isEqualTo(REQUEST);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "stream: OK",
        "2: stream: OK",
        "1: stream: ok",
        "1: stream: OK ",
        "1: OK",
        "1: stream:  FOUND",
        "1: other: X FOUND",
        "UNKNOWN COMMAND",
        "250 OK"
      })
  void anAnswerThatMakesNoSenseIsNone(String reply) throws IOException {
    try (ScriptedPeer peer =
        ScriptedPeer.of(REQUEST, (reply + "\0").getBytes(StandardCharsets.UTF_8))) {
      isDeferred(ClamAvs.standard().of(peer.address()), reply);
    }
  }

  @Test
  void anAnswerWithoutEndIsCutShort() throws IOException {
    byte[] flood = new byte[1 << 16];
    Arrays.fill(flood, (byte) 'x');
    try (ScriptedPeer peer =
        new ScriptedPeer(
            (_, in, out) -> {
              in.readNBytes(REQUEST);
              while (true) {
                out.write(flood);
              }
            })) {
      ClamAv mailet = ClamAvs.standard().of(peer.address());
      Cost cost = Cost.of(() -> isDeferred(mailet, "flood"));
      System.out.println(
          "clamd, an answer without end: " + cost.within(Duration.ofSeconds(1), 8 << 20));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 5, 30, 70})
  void silenceEndsAtTheDeadline(int octets) throws IOException {
    try (ScriptedPeer peer =
        new ScriptedPeer(
            (_, in, out) -> {
              in.readNBytes(octets);
              out.write("1: str".getBytes(StandardCharsets.US_ASCII), 0, octets % 5);
              ScriptedPeer.silence();
            })) {
      assertThatMailet(ClamAvs.standard().within(Duration.ofMillis(100)).of(peer.address()))
          .given(MAIL)
          .defers("clamd " + peer.address() + " failed: it did not answer in time");
    }
  }

  @Test
  void aDaemonThatDoesNotReadEndsAtTheDeadline() throws IOException {
    try (ScriptedPeer peer = new ScriptedPeer((_, _, _) -> ScriptedPeer.silence())) {
      Outcome outcome =
          ClamAvs.standard()
              .within(Duration.ofMillis(200))
              .of(peer.address())
              .process(aMail().body("x".repeat(2_000_000)).build());
      assertThat(outcome).isInstanceOf(Outcome.Defer.class);
    }
  }

  @Test
  void nobodyThere() throws IOException {
    Outcome outcome = ClamAvs.standard().of(ScriptedPeer.nobody()).process(MAIL);
    assertThat(((Outcome.Defer) outcome).reason()).contains("Connection refused");
  }

  @Test
  void octetsOfChanceAreNeverCleanUnlessTheySaySo() throws IOException {
    long seed = 20_261_130L;
    String words = "1: stream: OK FOUND ERROR\0";
    try (ScriptedPeer peer =
        new ScriptedPeer(
            (number, in, out) -> {
              in.readNBytes(REQUEST);
              Random random = new Random(seed + number);
              byte[] octets = new byte[random.nextInt(40)];
              for (int i = 0; i < octets.length; i++) {
                octets[i] = (byte) words.charAt(random.nextInt(words.length()));
              }
              out.write(octets);
            })) {
      ClamAv mailet = ClamAvs.standard().open().of(peer.address());
      for (int i = 0; i < 300; i++) {
        Outcome outcome = mailet.process(MAIL);
        assertThat(outcome).as("seed %d", seed + i).isInstanceOf(Outcome.Continue.class);
        assertThat(((Outcome.Continue) outcome).mail().attribute("clamav.verdict"))
            .as("seed %d", seed + i)
            .contains("failed");
      }
    }
  }
}
