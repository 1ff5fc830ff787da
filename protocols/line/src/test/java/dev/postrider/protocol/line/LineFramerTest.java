package dev.postrider.protocol.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineFramerTest {
  private static final long NO_LIMIT = Long.MAX_VALUE / 4;

  /** Cuts with the framing for the first frames, then in lines; adjacent pieces are joined. */
  private static List<String> frames(@Nullable Framing framing, byte[]... parts) {
    LineFramer framer = new LineFramer(64);
    if (framing != null) {
      framer.receive(framing);
    }
    List<String> out = new ArrayList<>();
    StringBuilder content = new StringBuilder();
    for (byte[] part : parts) {
      framer.feed(Unpooled.copiedBuffer(part));
      Frame frame = framer.next();
      while (frame != null) {
        switch (frame) {
          case Frame.Line line ->
              out.add("line " + new String(line.octets(), StandardCharsets.ISO_8859_1));
          case Frame.Bad bad -> out.add("bad " + bad.fault());
          case Frame.Piece piece ->
              content.append(
                  new String(piece.octets(), 0, piece.length(), StandardCharsets.ISO_8859_1));
          case Frame.End end -> {
            // Of refused content nobody may rely on how much was handed on.
            out.add(
                end.how() == ContentEnd.COMPLETE ? "content " + content : "refused " + end.how());
            content.setLength(0);
          }
        }
        frame = framer.next();
      }
    }
    return out;
  }

  private static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static List<String> sameHoweverSplit(@Nullable Framing framing, String text) {
    byte[] all = octets(text);
    List<String> whole = frames(framing, all);
    byte[][] single = new byte[all.length][];
    for (int i = 0; i < all.length; i++) {
      single[i] = new byte[] {all[i]};
      byte[] head = Arrays.copyOfRange(all, 0, i);
      byte[] tail = Arrays.copyOfRange(all, i, all.length);
      assertThat(frames(framing, head, tail)).as("split at %d", i).isEqualTo(whole);
    }
    assertThat(frames(framing, single)).as("octet by octet").isEqualTo(whole);
    return whole;
  }

  @Test
  void linesEndInCrlf() {
    assertThat(sameHoweverSplit(null, "EHLO a\r\n\r\nNOOP\r\nrest"))
        .containsExactly("line EHLO a", "line ", "line NOOP");
  }

  @Test
  void whatIsWrongWithALineIsAValueAndTheNextLineIsFine() {
    assertThat(sameHoweverSplit(null, "a\nb\rc\r\nd\0e\r\nf\r\r\n" + "x".repeat(70) + "\r\nok\r\n"))
        .containsExactly(
            "bad BARE_LF", "bad BARE_CR", "bad NUL", "bad BARE_CR", "bad TOO_LONG", "line ok");
  }

  @Test
  void theLimitCountsTheLineEnd() {
    assertThat(sameHoweverSplit(null, "x".repeat(62) + "\r\n" + "y".repeat(63) + "\r\n"))
        .containsExactly("line " + "x".repeat(62), "bad TOO_LONG");
  }

  @Test
  void dotsAreUnstuffedAndTheEndIsCrlfDotCrlf() {
    assertThat(sameHoweverSplit(new Framing.Dots(NO_LIMIT), "..a\r\n.b\r\n.\r\nNOOP\r\n"))
        .containsExactly("content .a\r\nb\r\n", "line NOOP");
  }

  @Test
  void anEmptyContentIsADotAlone() {
    assertThat(sameHoweverSplit(new Framing.Dots(NO_LIMIT), ".\r\nQUIT\r\n"))
        .containsExactly("content ", "line QUIT");
  }

  @Test
  void aDotInTheMiddleIsNothingSpecial() {
    assertThat(sameHoweverSplit(new Framing.Dots(NO_LIMIT), "a.\r\n..\r\n...\r\n.\r\n"))
        .containsExactly("content a.\r\n.\r\n..\r\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\n.\n",
        "\r.\r",
        "\r.\n",
        "\n.\r",
        "\n.\r\n",
        "\r\n.\n",
        "\r.\r\n",
        "\r\n.\r",
        "\r\n\0.\r\n",
        "\r\n.\0\r\n",
        "\r\n.\r\r\n",
        "\r\r\n.\r\r\n"
      })
  void noOtherEndingEndsContentAndTheMailIsRefused(String ending) {
    String smuggled = "MAIL FROM:<a@b>\r\n.\r\nNOOP\r\n";
    List<String> frames =
        sameHoweverSplit(new Framing.Dots(NO_LIMIT), "Subject: x\r\n\r\ntext" + ending + smuggled);
    assertThat(frames).hasSize(2).last().isEqualTo("line NOOP");
    assertThat(frames.getFirst()).startsWith("refused ");
  }

  @Test
  void moreThanTheLimitIsRefusedAtTheEnd() {
    assertThat(sameHoweverSplit(new Framing.Dots(5), "12345678\r\n.\r\nNOOP\r\n"))
        .containsExactly("refused TOO_BIG", "line NOOP");
    assertThat(sameHoweverSplit(new Framing.Dots(5), "..12\r\n.\r\n"))
        .as("counted after unstuffing")
        .containsExactly("content .12\r\n");
  }

  @Test
  void countedOctetsEndWithoutAMark() {
    Framing chunk = new Framing.Counted(6, false, true, true);
    assertThat(sameHoweverSplit(chunk, ".\r\n..\r")).containsExactly("refused BARE_CR");
    assertThat(sameHoweverSplit(chunk, "abcd\r\nNOOP\r\n"))
        .containsExactly("content abcd\r\n", "line NOOP");
    assertThat(sameHoweverSplit(new Framing.Counted(0, false, true, true), "NOOP\r\n"))
        .containsExactly("content ", "line NOOP");
  }

  @Test
  void binaryChunksMayHoldAnything() {
    assertThat(sameHoweverSplit(new Framing.Counted(4, true, true, true), "\n\0\rxNOOP\r\n"))
        .containsExactly("content \n\0\rx", "line NOOP");
  }

  @Test
  void aLineEndMayBeCutByAChunkBorder() {
    LineFramer framer = new LineFramer(64);
    framer.receive(new Framing.Counted(2, false, true, false));
    framer.feed(Unpooled.copiedBuffer(octets("a\r\nb")));
    assertThat(framer.next()).isInstanceOf(Frame.Piece.class);
    assertThat(framer.next()).isEqualTo(new Frame.End(ContentEnd.COMPLETE));
    framer.receive(new Framing.Counted(2, false, false, true));
    assertThat(framer.next()).isInstanceOf(Frame.Piece.class);
    assertThat(framer.next()).isEqualTo(new Frame.End(ContentEnd.COMPLETE));
  }

  @Test
  void whatIsDiscardedNeverComesBack() {
    LineFramer framer = new LineFramer(64);
    framer.feed(Unpooled.copiedBuffer(octets("STARTTLS\r\nRSET\r\nNO")));
    assertThat(framer.next()).isInstanceOf(Frame.Line.class);
    framer.discard();
    framer.feed(Unpooled.copiedBuffer(octets("OP\r\n")));
    assertThat(framer.next())
        .isInstanceOfSatisfying(
            Frame.Line.class, line -> assertThat(line.octets()).isEqualTo(octets("OP")));
  }

  @Test
  void arbitraryOctetsGiveTheSameFramesHoweverSplit() {
    Random random = new Random(47);
    String alphabet = "\r\n.\0ab";
    for (int round = 0; round < 300; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < 40; i++) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      sameHoweverSplit(round % 2 == 0 ? null : new Framing.Dots(20), text.toString());
    }
  }

  @Test
  void aLongLineWithoutEndCostsLinearTimeAndNoMemory() {
    LineFramer framer = new LineFramer(512);
    byte[] part = octets("x".repeat(1000));
    assertTimeout(
        Duration.ofSeconds(5),
        () -> {
          for (int i = 0; i < 20_000; i++) {
            framer.feed(Unpooled.wrappedBuffer(part));
            assertThat(framer.next()).isNull();
          }
        });
    assertThat(framer.pending()).isZero();
  }
}
