package dev.postrider.mailet.filtering.milter;

import static dev.postrider.mailet.filtering.milter.MilterPeer.agreement;
import static dev.postrider.mailet.filtering.milter.MilterPeer.frame;
import static dev.postrider.plugin.testkit.MailBuilder.aMail;
import static dev.postrider.plugin.testkit.PluginAssertions.assertThatMailet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.postrider.mailet.filtering.OnFailure;
import dev.postrider.mailet.filtering.daemon.DaemonAddress;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Outcome;
import dev.postrider.plugin.testkit.Cost;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a milter does, the mail is changed as a whole or not at all, and in time. */
class HostileMilterTest {

  private static final Duration SHORT = Duration.ofMillis(150);
  private static final Duration LONG = Duration.ofSeconds(20);

  private MilterPeer peer;

  @BeforeEach
  void open() throws IOException {
    peer = new MilterPeer();
  }

  @AfterEach
  void close() throws IOException {
    peer.close();
  }

  private String reason(Milter milter) {
    Outcome outcome = milter.process(aMail().build());
    assertThat(outcome).isInstanceOf(Outcome.Defer.class);
    return ((Outcome.Defer) outcome).reason();
  }

  private String reason() {
    return reason(Milters.patient(peer.start().address()));
  }

  static Stream<byte[]> endsThatMakeNoSense() {
    return Stream.of(
        frame('?', ""),
        frame('\0', ""),
        frame('\u00ff', "x"),
        frame('c', "more"),
        frame('s', ""),
        frame('O', ""),
        frame('p', "x"),
        frame('h', "A\0b"),
        frame('h', "A"),
        frame('h', ""),
        frame('h', "A\0b\0c\0"),
        frame('h', "A B\0c\0"),
        frame('h', "\0c\0"),
        frame('h', "A\0b\nC: d\0"),
        frame('h', "A\0b\r\n\r\nbody\0"),
        frame('h', "A\0b\rc\0"),
        frame('i', "\0\0"),
        frame('i', 0, ""),
        frame('m', 1, "A\0b"),
        frame('+', "no address\0"),
        frame('+', "<a@b\0"),
        frame('2', "<a@b>\0NOTIFY=SOMETIMES\0"),
        frame('-', "\0"),
        frame('e', "<a>\0"),
        frame('y', "250 2.0.0 fine\0"),
        frame('y', "550 5.7.1 half"),
        frame('y', "5\0"),
        frame('y', "550 4.7.1 both\0"),
        frame('y', "550-5.7.1 a\r\n450 4.7.1 b\0"),
        new byte[] {0, 0, 0, 0},
        new byte[] {-1, -1, -1, -1, 'c'},
        new byte[] {127, -1, -1, -1, 'c'},
        new byte[] {0, 1, 0, 0},
        new byte[] {0, 0});
  }

  @ParameterizedTest
  @MethodSource("endsThatMakeNoSense")
  void nothingIsChangedByAnEndThatMakesNoSense(byte[] octets) {
    // A good change before and a good verdict behind make it no better; half a frame is cut off.
    boolean half = octets.length < 5 && octets.length != 4 || octets.length == 4 && octets[1] == 1;
    peer.answering('E', frame('h', "X-Good\0yes\0"), octets, half ? new byte[0] : frame('c', ""));
    Milter milter = Milters.of(peer.start().address(), half ? SHORT : LONG, LONG, OnFailure.DEFER);
    assertThat(reason(milter)).startsWith("the milter inet:127.0.0.1:" + peer.port() + " failed: ");
  }

  @Test
  void openLetsTheMailGoOnUnchanged() {
    peer.answering('E', frame('h', "X-Good\0yes\0"), frame('?', ""));
    assertThatMailet(Milters.of(peer.start().address(), LONG, LONG, OnFailure.OPEN))
        .given(aMail())
        .continuesUnchanged();
  }

  @Test
  void aChangeThatWasNotNegotiatedIsNotMade() {
    peer.negotiating(6, 0x1, 0);
    peer.answering('E', frame('m', 1, "Subject\0new\0"), frame('c', ""));
    assertThat(reason()).contains("did not negotiate");
  }

  @Test
  void aNewBodyThatWasNotNegotiatedIsNotMade() {
    peer.negotiating(6, 0x1, 0);
    peer.answering('E', frame('b', "new"), frame('c', ""));
    assertThat(reason()).contains("did not negotiate");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 0x01000006})
  void versionsOfAnotherTime(int version) {
    peer.answering('O', frame('O', octets(agreement(version, 0, 0))));
    assertThat(reason()).contains("it speaks version");
  }

  @Test
  void wishesThatWereNotOffered() {
    peer.answering('O', frame('O', octets(agreement(6, 0x200, 0))));
    assertThat(reason()).contains("what was not offered");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\0\0\0\6",
        "\0\0\0\6\0\0\0\0\0\0\0\0\0\0",
        "\0\0\0\6\0\0\0\0\0\0\0\0\0\0\0\0j"
      })
  void negotiationsThatAreCutOff(String data) {
    peer.answering('O', frame('O', data));
    assertThat(reason()).contains("failed: ");
  }

  @Test
  void aVerdictInsteadOfANegotiation() {
    peer.answering('O', frame('c', ""));
    assertThat(reason()).contains("it answered the negotiation with the reply 'c'");
  }

  private static String octets(byte[] data) {
    return new String(data, StandardCharsets.ISO_8859_1);
  }

  @Test
  void afterThreeFailuresInARowTheMilterIsLeftAlone() throws IOException {
    peer.answering('E', frame('?', ""));
    Milter milter = Milters.patient(peer.start().address());
    for (int i = 0; i < 3; i++) {
      assertThat(reason(milter)).contains("'?'");
    }
    assertThat(reason(milter)).contains("it was not asked after 3 failures in a row");
    assertThat(peer.connections()).isEqualTo(3);
  }

  @Test
  void tooManyChanges() {
    byte[][] frames = new byte[1002][];
    Arrays.fill(frames, frame('h', "A\0b\0"));
    frames[1001] = frame('c', "");
    peer.answering('E', frames);
    assertThat(reason()).contains("more than 1000 changes");
  }

  @Test
  void tooLargeABody() {
    byte[][] frames = new byte[5][];
    Arrays.fill(frames, frame('b', "x".repeat(65_000)));
    frames[4] = frame('c', "");
    peer.answering('E', frames);
    assertThat(reason()).contains("a new body of more than 204800 octets");
  }

  @Test
  void progressForEverEndsAtTheDeadline() {
    byte[] progress = frame('p', "");
    ByteBuffer many = ByteBuffer.allocate(progress.length * 5_000);
    while (many.hasRemaining()) {
      many.put(progress);
    }
    peer.answering('E', many.array());
    assertThat(
            reason(
                Milters.of(peer.start().address(), LONG, Duration.ofMillis(300), OnFailure.DEFER)))
        .contains("did not answer in time");
  }

  @Test
  void progressWithoutEndIsCounted() {
    byte[] progress = frame('p', "");
    ByteBuffer many = ByteBuffer.allocate(progress.length * 10_001);
    while (many.hasRemaining()) {
      many.put(progress);
    }
    peer.answering('E', many.array());
    assertThat(reason()).contains("made progress 10000 times");
  }

  @ParameterizedTest
  @ValueSource(chars = {'b', 'h', '+'})
  void changesWithoutEndAreCutShort(char change) {
    String data =
        switch (change) {
          case 'b' -> "x".repeat(60_000);
          case 'h' -> "X\0" + "x".repeat(1000) + "\0";
          default -> "<somebody@example.org>\0";
        };
    byte[] one = frame(change, data);
    ByteBuffer many = ByteBuffer.allocate((40 << 20) / one.length * one.length);
    while (many.hasRemaining()) {
      many.put(one);
    }
    peer.answering('E', many.array());
    Milter milter = Milters.patient(peer.start().address());
    Cost cost = Cost.of(() -> assertThat(reason(milter)).contains("failed: "));
    System.out.println(
        "milter, 40 MB of changes '" + change + "': " + cost.within(LONG, 256L << 20));
  }

  @ParameterizedTest
  @ValueSource(chars = {'O', 'C', 'M', 'R', 'L', 'B', 'E'})
  void silenceAtAnyPhaseEndsInTime(char phase) {
    peer.answering(phase);
    assertThat(reason(Milters.of(peer.start().address(), SHORT, LONG, OnFailure.DEFER)))
        .contains("did not answer in time");
  }

  @Test
  void aMilterThatIsNotThere() throws IOException {
    DaemonAddress address = peer.address();
    peer.close();
    assertThat(reason(Milters.patient(address))).contains("Connection refused");
    assertThat(reason(Milters.patient(new DaemonAddress.Inet("unknown.test", 1))))
        .contains("its name has no address");
  }

  @Test
  void aSocketFileThatIsNotThere(@TempDir Path folder) {
    assertThat(reason(Milters.patient(new DaemonAddress.Unix(folder.resolve("none")))))
        .contains("failed: ");
  }

  @Test
  void anInterruptEndsTheWait() throws Exception {
    peer.answering('E');
    Milter milter = Milters.patient(peer.start().address());
    AtomicReference<Outcome> outcome = new AtomicReference<>();
    Thread caller = Thread.ofVirtual().start(() -> outcome.set(milter.process(aMail().build())));
    await().until(() -> peer.heard().stream().anyMatch(each -> each.startsWith("E")));
    caller.interrupt();
    caller.join();
    assertThat(outcome.get()).isInstanceOf(Outcome.Defer.class);
  }

  @Test
  void octetsOfChance() throws Exception {
    long seed = 20_261_125L;
    long end = System.nanoTime() + Duration.ofMillis(1500).toNanos();
    Mail mail = aMail().build();
    String codes = "caryhim+-2ebqpsdtf4O\0?";
    for (int round = 0; System.nanoTime() < end; round++) {
      Random random = new Random(seed + round);
      char phase = "OCHMRTLNBE".charAt(random.nextInt(10));
      byte[][] frames = new byte[1 + random.nextInt(4)][];
      for (int i = 0; i < frames.length; i++) {
        byte[] data = new byte[random.nextInt(24)];
        random.nextBytes(data);
        for (int j = 0; j < data.length; j++) {
          data[j] = random.nextInt(3) == 0 ? 0 : data[j];
        }
        frames[i] = frame(codes.charAt(random.nextInt(codes.length())), octets(data));
        if (random.nextInt(8) == 0) {
          frames[i] = Arrays.copyOf(frames[i], random.nextInt(frames[i].length + 1));
        }
      }
      try (MilterPeer chance = new MilterPeer().answering(phase, frames).start()) {
        Milter milter = Milters.of(chance.address(), Duration.ofMillis(40), LONG, OnFailure.DEFER);
        assertThat(milter.process(mail)).as("seed %d", seed + round).isNotNull();
      }
    }
  }

  @Test
  void addressesAreReadAsPostfixWritesThem() {
    assertThat(DaemonAddress.parse("inet:localhost:8891"))
        .isEqualTo(new DaemonAddress.Inet("localhost", 8891));
    assertThat(DaemonAddress.parse("inet:[::1]:8891")).hasToString("inet:[::1]:8891");
    assertThat(DaemonAddress.parse(" unix:/run/a b.sock ")).hasToString("unix:/run/a b.sock");
    for (String wrong :
        new String[] {
          "",
          "inet:",
          "inet:8891",
          "inet::8891",
          "inet:a:0",
          "inet:a:65536",
          "inet:a:b",
          "inet:::1:8891",
          "unix:",
          "unix:relative",
          "local:/run/x",
          "8891@localhost"
        }) {
      assertThatThrownBy(() -> DaemonAddress.parse(wrong))
          .as(wrong)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
