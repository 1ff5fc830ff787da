package dev.postrider.protocol.smtp.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.kernel.intake.Acceptance;
import dev.postrider.kernel.intake.LoginResult;
import dev.postrider.kernel.intake.Reception;
import dev.postrider.kernel.intake.Verdict;
import dev.postrider.kernel.store.ContentDraft;
import dev.postrider.plugin.Client;
import dev.postrider.plugin.Envelope;
import dev.postrider.plugin.Recipient;
import dev.postrider.plugin.ReversePath;
import dev.postrider.protocol.line.EventLoops;
import dev.postrider.protocol.line.ListenerSettings;
import dev.postrider.protocol.testkit.SocketPeer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamingTest {
  private static final int SIZE = 50_000_000;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void fiftyMegabytesPassThroughWithoutPilingUp(boolean chunking) throws Exception {
    CountingReception reception = new CountingReception();
    try (EventLoops loops = EventLoops.start(1)) {
      SmtpServer server = start(loops, reception);
      try (SocketPeer peer = SocketPeer.connect(server.address())) {
        peer.reply();
        peer.command("EHLO c");
        peer.command("MAIL FROM:<a@s.example>");
        peer.command("RCPT TO:<alice@example.test>");
        if (chunking) {
          peer.send("BDAT " + SIZE + " LAST\r\n");
        } else {
          assertThat(peer.command("DATA")).startsWith("354");
        }
        AtomicLong sent = new AtomicLong();
        Thread sender = Thread.ofVirtual().start(() -> send(peer, sent, chunking));
        assertThat(reception.slow.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(sender.join(Duration.ofMillis(300))).as("the sender has to wait").isFalse();
        assertThat(sent.get()).as("most of it still is with the sender").isLessThan(SIZE / 2);
        reception.goOn.countDown();
        assertThat(peer.reply()).startsWith("250 2.0.0");
        assertThat(reception.written).hasValue(SIZE);
        assertThat(reception.largestPiece).hasValueLessThanOrEqualTo(32 * 1024);
      }
      server.stop(Duration.ofMillis(50));
    }
  }

  private static void send(SocketPeer peer, AtomicLong sent, boolean chunking) {
    byte[] block = ("x".repeat(98) + "\r\n").repeat(500).getBytes(StandardCharsets.US_ASCII);
    try {
      while (sent.get() < SIZE) {
        peer.send(block);
        sent.addAndGet(block.length);
      }
      if (!chunking) {
        peer.send(".\r\n");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aPeerThatLeavesMidMessageLeavesNothingBehind() throws Exception {
    CountingReception reception = new CountingReception();
    reception.goOn.countDown();
    try (EventLoops loops = EventLoops.start(1)) {
      SmtpServer server = start(loops, reception);
      try (SocketPeer peer = SocketPeer.connect(server.address())) {
        peer.reply();
        peer.command("EHLO c");
        peer.command("MAIL FROM:<a@s.example>");
        peer.command("RCPT TO:<alice@example.test>");
        peer.command("DATA");
        peer.send("x".repeat(200_000));
        assertThat(reception.opened.await(20, TimeUnit.SECONDS)).isTrue();
      }
      assertThat(reception.closed.await(20, TimeUnit.SECONDS)).isTrue();
      assertThat(reception.accepted).hasValue(0);
      server.stop(Duration.ofMillis(50));
    }
  }

  private static SmtpServer start(EventLoops loops, Reception reception) throws IOException {
    return SmtpServer.start(
        loops,
        ListenerSettings.plain("smtp", new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
        Fixture.settings(SmtpProfile.SERVER, SmtpLimits.DEFAULT),
        reception);
  }

  /** Takes everything, keeps nothing, and stops after the first megabyte until told to go on. */
  private static final class CountingReception implements Reception {
    final CountDownLatch slow = new CountDownLatch(1);
    final CountDownLatch goOn = new CountDownLatch(1);
    final CountDownLatch opened = new CountDownLatch(1);
    final CountDownLatch closed = new CountDownLatch(1);
    final AtomicLong written = new AtomicLong();
    final AtomicLong largestPiece = new AtomicLong();
    final AtomicLong accepted = new AtomicLong();

    @Override
    public Verdict connect(Client client) {
      return Verdict.OK;
    }

    @Override
    public LoginResult login(Client client, String user, String password) {
      return new LoginResult.Denied();
    }

    @Override
    public Verdict sender(Client client, ReversePath sender, long declaredSize) {
      return Verdict.OK;
    }

    @Override
    public Verdict recipient(Client client, Envelope soFar, Recipient recipient) {
      return Verdict.OK;
    }

    @Override
    public ContentDraft draft() {
      return new ContentDraft() {
        @Override
        public void write(byte[] octets, int offset, int length) throws IOException {
          opened.countDown();
          largestPiece.accumulateAndGet(length, Math::max);
          if (written.addAndGet(length) > 1 << 20) {
            slow.countDown();
            try {
              goOn.await();
            } catch (InterruptedException e) {
              throw new IOException(e);
            }
          }
        }

        @Override
        public void finish() {}

        @Override
        public void close() {
          closed.countDown();
        }

        @Override
        public long size() {
          return written.get();
        }

        @Override
        public InputStream open(long offset) {
          return InputStream.nullInputStream();
        }
      };
    }

    @Override
    public Acceptance message(Client client, Envelope envelope, ContentDraft draft) {
      accepted.incrementAndGet();
      return new Acceptance.Accepted("m", Map.of());
    }
  }
}
