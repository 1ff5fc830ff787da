package dev.postrider.protocol.smtp.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.kernel.outbound.Transport;
import dev.postrider.kernel.outbound.Transport.Transfer;
import dev.postrider.plugin.Content;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentTransferTest extends SmtpClientFixture {

  @ParameterizedTest
  @MethodSource("dev.postrider.protocol.testkit.DotEndings#wrong")
  @ValueSource(strings = "\r\n.\r\n")
  void noEndingInsideAMailEndsItEvenForTheLaxestPeer(String ending) throws IOException {
    String smuggled = "MAIL FROM:<evil@x.test>\r\nRCPT TO:<v@peer.test>\r\nDATA\r\nevil\r\n.\r\n";
    Content mail = content("Subject: x\r\n\r\nfirst" + ending + smuggled);
    for (boolean lax : new boolean[] {false, true}) {
      try (StrictSink sink = new StrictSink(lax, "PIPELINING")) {
        try (Transport.Channel channel = ready(sink.address())) {
          Transfer transfer = channel.send(envelope(BOB), mail);

          assertThat(reply(transfer, BOB).code()).isEqualTo(250);
          assertThat(reply(channel.send(envelope(CAROL), MAIL), CAROL).code()).isEqualTo(250);
        }
        assertThat(sink.mails).hasSize(2);
        assertThat(sink.commands).noneMatch(line -> line.contains("evil"));
      }
    }
  }

  @Test
  void dotsAndABodyWithoutLineEndArriveAsTheyWere() throws IOException {
    try (StrictSink sink = new StrictSink(false);
        Transport.Channel channel = ready(sink.address())) {
      channel.send(envelope(BOB), content("A: b\r\n\r\n.\r\n..\r\n.x\r\nend"));

      assertThat(sink.mail(0)).isEqualTo("A: b\r\n\r\n.\r\n..\r\n.x\r\nend\r\n");
    }
  }

  /** Lines of 64 octets that are never on the heap at once; fails at the given place. */
  private record LongContent(long size, long failsAt) implements Content {
    @Override
    public InputStream open(long offset) {
      return new InputStream() {
        private long at = offset;

        @Override
        public int read() throws IOException {
          byte[] one = new byte[1];
          return read(one, 0, 1) < 0 ? -1 : one[0];
        }

        @Override
        public int read(byte[] out, int from, int length) throws IOException {
          if (at >= failsAt) {
            throw new IOException("bad checksum");
          }
          int n = (int) Math.min(length, Math.min(size, failsAt) - at);
          for (int i = 0; i < n; i++, at++) {
            out[from + i] = (byte) (at % 64 == 63 ? '\n' : at % 64 == 62 ? '\r' : 'x');
          }
          return n == 0 ? -1 : n;
        }
      };
    }
  }

  @Test
  void aBigMailIsStreamed() throws IOException {
    Content big = new LongContent(5L * 1024 * 1024, Long.MAX_VALUE);
    try (StrictSink sink = new StrictSink(false, "PIPELINING");
        Transport.Channel channel = ready(sink.address())) {
      assertThat(reply(channel.send(envelope(BOB), big), BOB).code()).isEqualTo(250);
      assertThat(sink.mails.getFirst().length).isEqualTo(5 * 1024 * 1024);
    }
  }

  @Test
  void aMailThatCantBeReadIsNeverEnded() throws IOException {
    try (StrictSink sink = new StrictSink(false);
        Transport.Channel channel = ready(sink.address())) {
      Transfer transfer = channel.send(envelope(BOB), new LongContent(200_000, 100_000));

      assertThat(transfer.broken()).hasValueSatisfying(why -> assertThat(why).contains("checksum"));
      assertThat(transfer.replies()).isEmpty();
      assertThat(sink.mails).isEmpty();
    }
  }
}
