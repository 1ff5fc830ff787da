package dev.postrider.protocol.line;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DotStufferTest {
  private static String stuffed(String content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    DotStuffer.copy(new ByteArrayInputStream(content.getBytes(StandardCharsets.ISO_8859_1)), out);
    return out.toString(StandardCharsets.ISO_8859_1);
  }

  @Test
  void linesThatStartWithADotGetOneMore() throws IOException {
    assertThat(stuffed(".a\r\nb.\r\n.\r\n")).isEqualTo("..a\r\nb.\r\n..\r\n.\r\n");
  }

  @Test
  void anOpenLastLineIsEnded() throws IOException {
    assertThat(stuffed("a")).isEqualTo("a\r\n.\r\n");
    assertThat(stuffed("a\r")).isEqualTo("a\r\n.\r\n");
    assertThat(stuffed("")).isEqualTo(".\r\n");
  }

  @Test
  void bareLineEndsBecomeCrlfSoThatNothingCanBeSmuggledOut() throws IOException {
    assertThat(stuffed("a\n.\nb\r.\rc\r\r\n.x"))
        .isEqualTo("a\r\n..\r\nb\r\n..\r\nc\r\n\r\n..x\r\n.\r\n");
  }

  @Test
  void whatIsStuffedComesOutOfTheFramerAgain() throws IOException {
    Random random = new Random(11);
    for (int round = 0; round < 50; round++) {
      StringBuilder content = new StringBuilder();
      int lines = random.nextInt(3000);
      for (int i = 0; i < lines; i++) {
        content.append(random.nextBoolean() ? "." : "").append("x".repeat(random.nextInt(20)));
        content.append("\r\n");
      }
      LineFramer framer = new LineFramer(512);
      framer.receive(new Framing.Dots(Long.MAX_VALUE / 4));
      framer.feed(Unpooled.copiedBuffer(stuffed(content.toString()), StandardCharsets.ISO_8859_1));
      ByteArrayOutputStream back = new ByteArrayOutputStream();
      Frame frame = framer.next();
      while (frame instanceof Frame.Piece piece) {
        back.write(piece.octets(), 0, piece.length());
        frame = framer.next();
      }
      assertThat(frame).isEqualTo(new Frame.End(ContentEnd.COMPLETE));
      assertThat(back.toString(StandardCharsets.ISO_8859_1)).isEqualTo(content.toString());
    }
  }
}
