package dev.postrider.protocol.smtp.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.protocol.line.EventLoops;
import dev.postrider.protocol.line.ListenerSettings;
import dev.postrider.protocol.line.ServerTls;
import dev.postrider.protocol.testkit.Dialogue;
import dev.postrider.protocol.testkit.DialoguePeer;
import dev.postrider.protocol.testkit.DialogueRunner;
import dev.postrider.protocol.testkit.SocketPeer;
import dev.postrider.protocol.testkit.TestCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each dialogue file on the pure session and over a socket. The first part of a file's name is the
 * profile; {@code tls} as the second part means implicit TLS.
 */
class DialogueTest {
  private static final TestCertificate CERTIFICATE = TestCertificate.of("mx.example.test");
  private static EventLoops loops;

  @BeforeAll
  static void start() {
    loops = EventLoops.start(1);
  }

  @AfterAll
  static void stop() {
    loops.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "server-session",
        "server-pipelining",
        "server-size",
        "server-chunking",
        "server-binarymime",
        "server-smtputf8",
        "server-dsn",
        "server-starttls",
        "server-syntax",
        "server-verdicts",
        "server-content",
        "server-unclear",
        "server-errors",
        "server-mails",
        "server-tls-auth",
        "submission-starttls",
        "submission-tls-auth",
        "lmtp-session",
        "lmtp-chunking",
      })
  void goesByTheScript(String name) throws IOException {
    Dialogue dialogue = Dialogue.resource(getClass(), name + ".txt");
    SmtpProfile profile =
        SmtpProfile.valueOf(
            name.substring(0, name.indexOf('-')).toUpperCase(java.util.Locale.ROOT));
    boolean tls = name.contains("-tls-");
    SmtpSettings settings = Fixture.settings(profile, Fixture.SMALL);

    FakeReception pure = new FakeReception();
    try (DialoguePeer session = Fixture.session(settings, pure, tls)) {
      DialogueRunner.play(dialogue, session);
    }
    FakeReception real = new FakeReception();
    SmtpServer server = SmtpServer.start(loops, listener(tls), settings, real);
    try (SocketPeer peer =
        tls ? SocketPeer.connectTls(server.address()) : SocketPeer.connect(server.address())) {
      DialogueRunner.play(dialogue, peer);
    } finally {
      server.stop(Duration.ofMillis(50));
    }
    assertThat(real.contents()).isEqualTo(pure.contents());
    assertThat(pure.draftsOpen).hasValue(0);
  }

  private static ListenerSettings listener(boolean implicit) throws IOException {
    ListenerSettings plain =
        ListenerSettings.plain("smtp", new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    ServerTls tls = ServerTls.of(List.of(CERTIFICATE.certificate()), CERTIFICATE.key());
    return implicit ? plain.withImplicitTls(tls) : plain.withStartTls(tls);
  }
}
