package dev.postrider.protocol.smtp.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postrider.kernel.outbound.Transport;
import dev.postrider.kernel.outbound.Transport.Connected;
import dev.postrider.kernel.outbound.Transport.Reply;
import dev.postrider.kernel.outbound.Transport.Transfer;
import dev.postrider.protocol.line.ClientTls;
import dev.postrider.protocol.testkit.ScriptedPeer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnreliablePeerTest extends SmtpClientFixture {

  @ParameterizedTest
  @ValueSource(strings = {"554 no service", "421 busy", "450 wait"})
  void anUnkindGreetingDeclines(String greeting) throws IOException {
    try (ScriptedPeer peer = ScriptedPeer.start(script("S: " + greeting + "\nC: QUIT\n"))) {
      assertThat(declined(transport.connect(host(peer.address()))).code())
          .isEqualTo(Integer.parseInt(greeting.substring(0, 3)));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "S: 220 hi\n",
        "S: hello there\n",
        "S: 100 what\n",
        "S: 220-a\nS: 221 b\n",
        "S: 220 hi\nC: EHLO client.test\n",
        "S: 220 hi\nC: EHLO client.test\nS: 250-peer.test\n"
      })
  void aPeerThatBreaksOffOrTalksNonsenseAtTheStartIsUnreachable(String text) throws IOException {
    try (ScriptedPeer peer = ScriptedPeer.start(script(text))) {
      assertThat(transport.connect(host(peer.address())))
          .isInstanceOfSatisfying(
              Connected.Unreachable.class,
              unreachable -> assertThat(unreachable.reason()).contains("peer.test"));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
  void aConnectionThatBreaksLeavesRecipientsUndecided(int steps) throws IOException {
    List<String> all =
        List.of(
            "C: MAIL FROM:<alice@client.test>\n",
            "S: 250 ok\n",
            "C: RCPT TO:<bob@peer.test>\n",
            "S: 250 ok\n",
            "C: DATA\n",
            "S: 354 go\n",
            "C: Subject: x\nC:\nC: body\nC: .\n",
            "S: 250-half a reply\n");
    String text = String.join("", all.subList(0, steps + 1));
    try (ScriptedPeer peer = ScriptedPeer.start(script(HELLO + "S: 250 peer.test\n" + text))) {
      try (Transport.Channel channel = ready(peer.address())) {
        Transfer transfer = channel.send(envelope(BOB), MAIL);

        assertThat(transfer.replies()).isEmpty();
        assertThat(transfer.broken()).isPresent();
        assertThat(channel.reusable()).isFalse();
      }
    }
  }

  @Test
  void nobodyListeningIsUnreachable() throws IOException {
    InetSocketAddress free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = (InetSocketAddress) socket.getLocalSocketAddress();
    }

    assertThat(transport.connect(host(free))).isInstanceOf(Connected.Unreachable.class);
  }

  @Test
  void aSilentPeerIsGivenUp() throws IOException {
    Transport hasty =
        new NettySmtpTransport(
            loops,
            ClientTls.opportunistic(),
            ClientTls.verified(),
            ClientTimeouts.all(Duration.ofMillis(200)));
    try (ServerSocket mute = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(hasty.connect(host((InetSocketAddress) mute.getLocalSocketAddress())))
          .isInstanceOf(Connected.Unreachable.class);
    }
  }

  @Test
  void endlessLinesAndRepliesAreCutOff() throws IOException {
    try (ScriptedPeer peer = ScriptedPeer.start(script("S: 220 " + "x".repeat(5000) + "\n"))) {
      assertThat(transport.connect(host(peer.address()))).isInstanceOf(Connected.Unreachable.class);
    }
    try (ScriptedPeer peer = ScriptedPeer.start(script("S: 220-more\n".repeat(1000)))) {
      assertThat(transport.connect(host(peer.address()))).isInstanceOf(Connected.Unreachable.class);
    }
  }

  @Test
  void theTextOfAReplyIsMadeHarmless() throws IOException {
    try (ScriptedPeer peer =
        ScriptedPeer.start(script("S: 554 5.7.1 \\x1b[31mred\\0 \\xE2\\x80\\xAE end\nC: QUIT\n"))) {
      assertThat(declined(transport.connect(host(peer.address()))))
          .isEqualTo(new Reply("peer.test", 554, "5.7.1", "?[31mred? ? end", "the connection"));
    }
  }

  @Test
  void anAnswerBeforeTheEndOfTheMailDoesNotPassForItsAnswer() throws IOException {
    try (ScriptedPeer peer =
        ScriptedPeer.start(
            script(
                HELLO
                    + """
                    S: 250 peer.test
                    C: MAIL FROM:<alice@client.test>
                    S: 250 ok
                    C: RCPT TO:<bob@peer.test>
                    S: 250 ok
                    C: DATA
                    S: 250 thanks
                    """))) {
      Transfer transfer = send(peer.address(), envelope(BOB));

      assertThat(transfer.replies()).isEmpty();
      assertThat(transfer.broken()).isPresent();
    }
  }
}
