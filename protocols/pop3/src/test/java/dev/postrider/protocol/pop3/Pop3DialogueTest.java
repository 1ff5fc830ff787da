package dev.postrider.protocol.pop3;

import dev.postrider.protocol.line.EventLoops;
import dev.postrider.protocol.testkit.Dialogue;
import dev.postrider.protocol.testkit.DialoguePeer;
import dev.postrider.protocol.testkit.DialogueRunner;
import dev.postrider.protocol.testkit.SocketPeer;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each dialogue on the bare session and over a socket; {@code tls-} ones start encrypted. */
class Pop3DialogueTest {

  private static final EventLoops LOOPS = EventLoops.start(2);

  @AfterAll
  static void stop() {
    LOOPS.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "clear-no-login.txt",
        "clear-stls.txt",
        "clear-stls-injection.txt",
        "tls-capa.txt",
        "tls-login.txt",
        "tls-auth-plain.txt",
        "tls-maildrop.txt",
        "tls-retr-and-top.txt",
        "tls-dele-and-rset.txt",
        "tls-pipelining.txt",
        "tls-too-many-logins.txt",
        "tls-too-many-errors.txt",
        "tls-broken-lines.txt",
      })
  void goes_as_written(String name) throws IOException {
    Dialogue dialogue = Dialogue.resource(Pop3DialogueTest.class, name);
    boolean tls = name.startsWith("tls-");
    try (DialoguePeer peer = new Post().session(tls)) {
      DialogueRunner.play(dialogue, peer);
    }
    try (Served served = new Served(LOOPS, new Post().access)) {
      try (DialoguePeer peer =
          tls
              ? SocketPeer.connectTls(served.pop3s.address())
              : SocketPeer.connect(served.pop3.address())) {
        DialogueRunner.play(dialogue, peer);
      }
    }
  }
}
