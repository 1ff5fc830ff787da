package dev.postrider.protocol.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postrider.kernel.guard.Admittance;
import dev.postrider.protocol.testkit.SocketPeer;
import dev.postrider.protocol.testkit.TestCertificate;
import dev.postrider.protocol.testkit.TrustEverything;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListenerTest {
  private static final TestCertificate CERTIFICATE = TestCertificate.of("server.test");

  private final EventLoops loops = EventLoops.start(1);
  private final Toy toy = new Toy();
  private final List<Listener> started = new ArrayList<>();
  private final Pace pace = new Pace(Duration.ofSeconds(5), Duration.ofSeconds(60), 1000);

  private static InetSocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  private Listener start(ListenerSettings settings) throws IOException {
    Listener listener = Listener.start(loops, settings, toy.service(pace));
    started.add(listener);
    return listener;
  }

  private static ServerTls tls() throws IOException {
    return ServerTls.of(List.of(CERTIFICATE.certificate()), CERTIFICATE.key());
  }

  private static ListenerSettings plain() {
    return ListenerSettings.plain("toy", anyPort());
  }

  @AfterEach
  void stop() {
    toy.gate.countDown();
    started.forEach(listener -> listener.stop(Duration.ofSeconds(1)));
    loops.close();
  }

  @Test
  void answersOnTheNativeTransportAndWithoutIt() throws IOException {
    try (EventLoops nio = EventLoops.nio(1)) {
      for (EventLoops each : List.of(loops, nio)) {
        Listener listener = Listener.start(each, plain(), toy.service(pace));
        try (SocketPeer peer = SocketPeer.connect(listener.address())) {
          assertThat(peer.reply()).startsWith("HELLO");
          assertThat(peer.command("ECHO a")).isEqualTo("a");
          assertThat(peer.command("QUIT")).isEqualTo("BYE");
          assertThat(peer.readLine()).isNull();
        }
        listener.stop(Duration.ofSeconds(1));
      }
    }
  }

  @Test
  void theGateIsAskedAboutEachConnectionAndARefusalCostsNoSession() throws IOException {
    AtomicReference<Admittance> answer = new AtomicReference<>(Admittance.BANNED);
    Listener listener = start(plain().withGate(_ -> answer.get()));
    assertThat(said(listener)).isEqualTo("BANNED\r\n");
    answer.set(Admittance.TOO_FAST);
    assertThat(said(listener)).isEqualTo("TOO MANY\r\n");
    answer.set(Admittance.OPEN);
    try (SocketPeer peer = SocketPeer.connect(listener.address())) {
      assertThat(peer.reply()).startsWith("HELLO");
      assertThat(listener.connections()).as("the refused ones are gone").isEqualTo(1);
    }
  }

  private static String said(Listener listener) throws IOException {
    try (SocketPeer peer = SocketPeer.connect(listener.address())) {
      return new String(peer.input().readAllBytes(), java.nio.charset.StandardCharsets.US_ASCII);
    }
  }

  @Test
  void aPeerThatSendsAllAndHalfClosesGetsAllAnswers() throws IOException {
    try (SocketPeer peer = SocketPeer.connect(start(plain()).address())) {
      peer.send("ECHO a\r\nDATA 1000\r\nhello\r\n.\r\nECHO b\r\n");
      peer.halfClose();
      assertThat(peer.input().readAllBytes()).asString().contains("a\r\nGO\r\n7 COMPLETE\r\nb\r\n");
    }
  }

  @Test
  void aSlowSinkHoldsThePeerBackInsteadOfTheHeap() throws Exception {
    try (SocketPeer peer = SocketPeer.connect(start(plain()).address())) {
      peer.send("DATA 100000000\r\n");
      Thread sender =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      byte[] block =
                          ("x".repeat(998) + "\r\n")
                              .repeat(50)
                              .getBytes(java.nio.charset.StandardCharsets.US_ASCII);
                      for (int i = 0; i < 1000; i++) {
                        peer.send(block);
                      }
                      peer.send(".\r\n");
                    } catch (IOException e) {
                      throw new java.io.UncheckedIOException(e);
                    }
                  });
      assertThat(toy.waiting.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(sender.join(Duration.ofMillis(300))).as("the sender is held back").isFalse();
      assertThat(toy.contentHeld.get()).isLessThan(2 << 20);
      toy.gate.countDown();
      peer.readLine();
      assertThat(peer.readLine()).isEqualTo("GO");
      assertThat(peer.readLine()).isEqualTo("50000000 COMPLETE");
    }
  }

  @Test
  void aPeerThatDoesNotReadHoldsTheAnswerBack() throws Exception {
    try (SocketPeer peer = SocketPeer.connect(start(plain()).address())) {
      peer.reply();
      peer.send("BIG 30000000\r\n");
      assertThat(peer.input().readNBytes(30_000_000)).hasSize(30_000_000);
      assertThat(peer.reply()).isEqualTo("DONE");
    }
  }

  @Test
  void aPeerThatNeverReadsIsCutEvenIfNothingWasWrittenWhenTheQuestionBegan() throws Exception {
    Pace hasty = new Pace(Duration.ofSeconds(5), Duration.ofMillis(300), 1000);
    Listener listener = Listener.start(loops, plain(), toy.service(hasty));
    started.add(listener);
    try (SocketPeer silent = SocketPeer.connect(listener.address());
        SocketPeer other = SocketPeer.connect(listener.address())) {
      silent.reply();
      other.reply();
      silent.send("LATE 100000000\r\n");
      assertThat(toy.waiting.await(10, TimeUnit.SECONDS)).isTrue();
      // The one event loop has done all it was asked to before this answer.
      assertThat(other.command("ECHO a")).isEqualTo("a");
      toy.gate.countDown();
      assertThat(toy.ended.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLS\r\nSET injected\r\nSHOW\r\n", "TLS\r\nSET inj", "TLS\r\n\0\0"})
  void nothingSentAheadOfTheHandshakeIsHeardAfterIt(String pipelined) throws IOException {
    Listener listener = start(plain().withStartTls(tls()));
    try (SocketPeer peer = SocketPeer.connect(listener.address())) {
      peer.reply();
      peer.command("SET before");
      peer.send(pipelined);
      assertThat(peer.reply()).isEqualTo("NOW");
      peer.startTls();
      assertThat(peer.command("SHOW")).isEqualTo("'' TLSv1.3");
    }
  }

  @Test
  void implicitTlsGreetsAfterTheHandshake() throws IOException {
    Listener listener = start(plain().withImplicitTls(tls()));
    try (SocketPeer peer = SocketPeer.connectTls(listener.address())) {
      assertThat(peer.reply()).startsWith("HELLO");
      assertThat(peer.command("SHOW")).isEqualTo("'' TLSv1.3");
      assertThat(peer.command("QUIT")).isEqualTo("BYE");
      assertThat(peer.readLine()).isNull();
    }
  }

  @Test
  void aTlsSessionCanBeResumedAtItsListenerAndNowhereElse() throws Exception {
    SSLContext client = SSLContext.getInstance("TLSv1.2");
    client.init(null, new javax.net.ssl.TrustManager[] {TrustEverything.manager()}, null);
    Listener one = start(plain().withImplicitTls(tls()));
    Listener other = start(plain().withImplicitTls(tls()));
    long first = session(one, client);
    assertThat(session(one, client)).as("resumed").isEqualTo(first);
    assertThat(session(other, client)).as("a new session").isNotEqualTo(first);
  }

  private static long session(Listener listener, SSLContext client) throws IOException {
    try (SocketPeer peer = SocketPeer.connect(listener.address(), client)) {
      peer.startTls();
      peer.reply();
      return peer.tlsSession().getCreationTime();
    }
  }

  @Test
  void tooManyConnectionsFromOneAddressAreRefusedInWords() throws IOException {
    Listener listener = start(plain().withLimits(new ConnectionLimits(10, 1), Networks.NONE));
    try (SocketPeer first = SocketPeer.connect(listener.address());
        SocketPeer second = SocketPeer.connect(listener.address())) {
      assertThat(first.reply()).startsWith("HELLO");
      assertThat(second.reply()).isEqualTo("TOO MANY");
      assertThat(second.readLine()).isNull();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PROXY TCP4 192.0.2.7 192.0.2.1 4711 25\r\n",
        "PROXY TCP6 2001:db8::7 2001:db8::1 4711 25\r\n"
      })
  void behindAProxyThePeerIsWhoTheHeaderSays(String header) throws IOException {
    Listener listener = start(plain().withProxies(Networks.LOOPBACK));
    try (SocketPeer peer = SocketPeer.connect(listener.address())) {
      peer.send(header + "ECHO a\r\n");
      assertThat(peer.reply()).isEqualTo("HELLO 4711");
      assertThat(peer.reply()).isEqualTo("a");
    }
  }

  @Test
  void aProxyWithoutHeaderIsCutOff() throws IOException {
    Listener listener = start(plain().withProxies(Networks.LOOPBACK));
    try (SocketPeer peer = SocketPeer.connect(listener.address())) {
      peer.send("ECHO a\r\nECHO b\r\n");
      assertThat(peer.readLine()).isNull();
    }
  }

  @Test
  void stoppingEndsIdleSessionsAtOnceAndBusyOnesWhenTheyAreDone() throws Exception {
    Listener listener = start(plain());
    try (SocketPeer idle = SocketPeer.connect(listener.address());
        SocketPeer busy = SocketPeer.connect(listener.address())) {
      idle.reply();
      busy.reply();
      busy.send("WAIT\r\n");
      assertThat(toy.waiting.await(10, TimeUnit.SECONDS)).isTrue();
      Thread stopping = Thread.ofVirtual().start(() -> listener.stop(Duration.ofSeconds(10)));
      assertThat(idle.reply()).isEqualTo("STOPPING");
      assertThat(stopping.isAlive()).isTrue();
      toy.gate.countDown();
      assertThat(busy.reply()).isEqualTo("WAITED");
      assertThat(busy.reply()).isEqualTo("STOPPING");
      assertThat(stopping.join(Duration.ofSeconds(10))).isTrue();
      InetSocketAddress gone = listener.address();
      assertThatThrownBy(() -> SocketPeer.connect(gone)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void anAddressInUseIsNamed() throws IOException {
    Listener first = start(plain());
    assertThatThrownBy(() -> start(ListenerSettings.plain("second", first.address())))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("second")
        .hasMessageContaining(String.valueOf(first.address().getPort()));
  }
}
