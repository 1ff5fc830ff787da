package dev.postrider.mailet.filtering.clamav;

import dev.postrider.mailet.filtering.daemon.Deadline;
import dev.postrider.mailet.filtering.daemon.Peer;
import dev.postrider.plugin.Content;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A session with clamd (IDSESSION): one message after the other. Used by one thread at a time. */
final class ClamdSession {

  private static final byte[] BEGIN = "zIDSESSION\0".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] SCAN = "zINSTREAM\0".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] END = "zEND\0".getBytes(StandardCharsets.US_ASCII);
  private static final int MAX_REPLY = 1000;

  private final Peer peer;
  private int asked;

  /** Over a new connection. */
  ClamdSession(SocketChannel channel) {
    this.peer = new Peer(channel);
  }

  SocketChannel channel() {
    return peer.channel();
  }

  /** Whether clamd has begun to answer the last question. */
  boolean heard() {
    return peer.heard();
  }

  /**
   * Has a message scanned.
   *
   * @throws IOException when there is no verdict
   */
  ScanVerdict scan(Content message) throws IOException {
    peer.begin();
    asked++;
    try {
      if (asked == 1) {
        peer.send(BEGIN);
      }
      peer.send(SCAN);
      peer.send(message, length -> ByteBuffer.allocate(4).putInt(length).array());
      peer.send(new byte[4]);
    } catch (IOException e) {
      return early().orElseThrow(() -> e);
    }
    return ClamdReply.read(peer.readTo('\0', MAX_REPLY), asked);
  }

  // Of a message that is too large clamd says so while it is sent, and hangs up.
  private Optional<ScanVerdict> early() {
    try {
      return Optional.of(ClamdReply.read(peer.readTo('\0', MAX_REPLY), asked))
          .filter(ScanVerdict.TooLarge.class::isInstance);
    } catch (IOException e) {
      // What ended the sending says more.
      return Optional.empty();
    }
  }

  /** Takes leave. */
  void end() {
    try {
      peer.send(END);
    } catch (IOException e) {
      // It is closed below; clamd has nothing more to say.
      asked = 0;
    } finally {
      Deadline.hangUp(channel());
    }
  }
}
