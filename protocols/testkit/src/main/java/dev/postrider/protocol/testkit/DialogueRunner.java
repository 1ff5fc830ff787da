package dev.postrider.protocol.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Plays the client of a dialogue. */
public final class DialogueRunner {
  private DialogueRunner() {}

  /**
   * Plays all of it.
   *
   * @throws AssertionError naming file, line, what was expected and what came
   */
  public static void play(Dialogue dialogue, DialoguePeer peer) throws IOException {
    ByteArrayOutputStream outgoing = new ByteArrayOutputStream();
    for (Dialogue.Turn turn : dialogue.turns()) {
      if (turn instanceof Dialogue.ClientSays says) {
        outgoing.writeBytes(says.octets());
        continue;
      }
      if (outgoing.size() > 0) {
        peer.send(outgoing.toByteArray());
        outgoing.reset();
      }
      listen(dialogue, turn, peer);
    }
    if (outgoing.size() > 0) {
      peer.send(outgoing.toByteArray());
    }
  }

  private static void listen(Dialogue dialogue, Dialogue.Turn turn, DialoguePeer peer)
      throws IOException {
    switch (turn) {
      case Dialogue.ServerSays says -> {
        String line = peer.readLine();
        if (line == null || !says.expectation().matches(line)) {
          throw failure(dialogue, turn, says.text(), line);
        }
      }
      case Dialogue.ServerSaysAtLast says -> {
        String line = peer.readLine();
        while (line != null && !says.expectation().matches(line)) {
          line = peer.readLine();
        }
        if (line == null) {
          throw failure(dialogue, turn, says.text(), null);
        }
      }
      case Dialogue.Handshake handshake -> peer.startTls();
      case Dialogue.ServerCloses closes -> {
        String line = peer.readLine();
        if (line != null) {
          throw failure(dialogue, turn, "the end of the connection", line);
        }
      }
      case Dialogue.ClientSays says ->
          throw new AssertionError(
              "not a turn of the server: " + new String(says.octets(), StandardCharsets.UTF_8));
    }
  }

  private static AssertionError failure(
      Dialogue dialogue, Dialogue.Turn turn, String expected, @Nullable String line) {
    return new AssertionError(
        "%s:%d%n  expected: %s%n  but came: %s"
            .formatted(
                dialogue.name(),
                turn.line(),
                expected,
                line == null ? "the end of the connection" : line));
  }
}
