package dev.postrider.protocol.smtp.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.kernel.outbound.Transport.Reply;
import dev.postrider.kernel.outbound.Transport.Transfer;
import dev.postrider.plugin.Route;
import dev.postrider.protocol.testkit.ScriptedPeer;
import dev.postrider.protocol.testkit.TestCertificate;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientTlsAndLoginTest extends SmtpClientFixture {

  @Test
  void tlsIsUsedWhereOfferedAndWhatWasSaidBeforeIsForgotten() throws IOException {
    try (ScriptedPeer peer =
        ScriptedPeer.start(
            CERTIFICATE,
            script(
                HELLO
                    + """
                    S: 250-peer.test
                    S: 250-DSN
                    S: 250 STARTTLS
                    C: STARTTLS
                    S: 220 go\\r\\n250-evil.test\\r\\n250 AUTH PLAIN
                    TLS
                    C: EHLO client.test
                    S: 250 peer.test
                    C: MAIL FROM:<alice@client.test>
                    S: 250 ok
                    C: RCPT TO:<bob@peer.test>
                    S: 250 ok
                    C: DATA
                    S: 354 go
                    C: Subject: x
                    C:
                    C: body
                    C: .
                    S: 250 taken
                    """))) {
      Transfer transfer = send(peer.address(), envelope(BOB));

      assertThat(reply(transfer, BOB).code()).isEqualTo(250);
      assertThat(transfer.dsnOffered()).isFalse();
      assertThat(peer.problems()).isEmpty();
    }
  }

  private static final String BROKEN_TLS =
      HELLO
          + """
          S: 250-peer.test
          S: 250 STARTTLS
          C: STARTTLS
          S: 220 go
          S: this is no TLS at all, not even nearly
          """;

  @Test
  void whereTlsFailsMailGoesInClearOverANewConnection() throws IOException {
    try (ScriptedPeer peer =
        ScriptedPeer.start(
            script(BROKEN_TLS),
            script(
                HELLO
                    + """
                    S: 250-peer.test
                    S: 250 STARTTLS
                    C: MAIL FROM:<alice@client.test>
                    S: 550 5.7.0 in clear
                    """))) {
      assertThat(reply(send(peer.address(), envelope(BOB)), BOB).text()).isEqualTo("in clear");
    }
  }

  @Test
  void whereTlsIsRequiredNothingGoesInClear() throws IOException {
    for (String text :
        List.of(
            BROKEN_TLS,
            HELLO + "S: 250 peer.test\nC: QUIT\n",
            HELLO + "S: 250-peer.test\nS: 250 STARTTLS\nC: STARTTLS\nS: 454 no\nC: QUIT\n")) {
      try (ScriptedPeer peer = ScriptedPeer.start(script(text))) {
        Reply reply = declined(transport.connect(host(peer.address(), true, Optional.empty())));

        assertThat(reply.isPermanent()).isFalse();
        assertThat(reply.command()).isEqualTo("STARTTLS");
        assertThat(peer.heard()).noneMatch(line -> line.startsWith("MAIL"));
      }
    }
  }

  private static final Optional<Route.Credentials> LOGIN =
      Optional.of(new Route.Credentials("user", "secret"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PLAIN LOGIN | C: AUTH PLAIN AHVzZXIAc2VjcmV0",
        "LOGIN | C: AUTH LOGIN\\nS: 334 VXNlcm5hbWU6\\nC: dXNlcg==\\nS: 334 UGFzc3dvcmQ6\\nC: c2VjcmV0"
      })
  void loginsGoUnderTls(String mechanisms, String exchange) throws IOException {
    try (ScriptedPeer peer =
        ScriptedPeer.start(
            CERTIFICATE,
            script(
                HELLO
                    + "S: 250-peer.test\nS: 250 STARTTLS\nC: STARTTLS\nS: 220 go\nTLS\n"
                    + "C: EHLO client.test\nS: 250-peer.test\nS: 250 AUTH "
                    + mechanisms
                    + "\n"
                    + exchange.replace("\\n", "\n")
                    + "\nS: 235 welcome\nC: QUIT\nS: 221 bye\n"))) {
      ready(transport.connect(host(peer.address(), false, LOGIN))).close();

      assertThat(peer.problems()).isEmpty();
    }
  }

  @Test
  void aPasswordNeverGoesInClear() throws IOException {
    try (ScriptedPeer peer =
        ScriptedPeer.start(
            script(HELLO + "S: 250-peer.test\nS: 250 AUTH PLAIN LOGIN\nC: QUIT\n"))) {
      declined(transport.connect(host(peer.address(), false, LOGIN)));

      assertThat(peer.heard()).noneMatch(line -> line.startsWith("AUTH"));
    }
  }

  @Test
  void aPasswordNeverGoesToAHostWhoseCertificateNobodyVouchesFor() throws IOException {
    for (String name : List.of("peer.test", "other.test")) {
      try (ScriptedPeer peer =
          ScriptedPeer.start(
              TestCertificate.of(name),
              script(HELLO + "S: 250-peer.test\nS: 250 STARTTLS\nC: STARTTLS\nS: 220 go\nTLS\n"))) {
        Reply reply = declined(transport.connect(host(peer.address(), false, LOGIN)));

        assertThat(reply.enhanced()).isEqualTo("4.7.5");
        assertThat(peer.heard()).noneMatch(line -> line.startsWith("AUTH"));
      }
    }
  }

  @Test
  void aWrongPasswordDeclines() throws IOException {
    try (ScriptedPeer peer =
        ScriptedPeer.start(
            CERTIFICATE,
            script(
                HELLO
                    + "S: 250-peer.test\nS: 250 STARTTLS\nC: STARTTLS\nS: 220 go\nTLS\n"
                    + "C: EHLO client.test\nS: 250-peer.test\nS: 250 AUTH PLAIN\n"
                    + "C: AUTH PLAIN ...\nS: 535 5.7.8 wrong\nC: QUIT\n"))) {
      Reply reply = declined(transport.connect(host(peer.address(), false, LOGIN)));

      assertThat(reply.code()).isEqualTo(535);
      assertThat(reply.command()).startsWith("AUTH");
    }
  }
}
