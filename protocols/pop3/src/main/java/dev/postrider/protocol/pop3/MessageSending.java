package dev.postrider.protocol.pop3;

import dev.postrider.plugin.Content;
import dev.postrider.protocol.line.DotStuffer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends one message in blocks, however big it is. Thread: virtual; waits for the peer. */
final class MessageSending {

  private static final Logger LOG = LoggerFactory.getLogger(MessageSending.class);
  private static final int BLOCK = 16 * 1024;

  private MessageSending() {}

  /**
   * Writes head and message.
   *
   * @return false if the message can't be read; nothing was written then
   * @throws IOException when the peer is gone, or reading fails after something was written
   */
  static boolean send(Content content, Pop3Question.Send what, OutputStream out)
      throws IOException {
    byte[] block = new byte[(int) Math.min(BLOCK, content.size() + 1)];
    InputStream octets = null;
    int length;
    try {
      octets = content.open();
      length = octets.read(block);
    } catch (IOException e) {
      LOG.error("Message {} can't be read", what.message().message().content().value(), e);
      if (octets != null) {
        octets.close();
      }
      return false;
    }
    try (InputStream in = octets) {
      byte[] head = (what.head() + "\r\n").getBytes(StandardCharsets.US_ASCII);
      DotStuffer stuffed = new DotStuffer(out, head.length + content.size());
      stuffed.write(head, 0, head.length);
      copy(in, block, length, what.bodyLines(), stuffed);
    }
    return true;
  }

  private static void copy(
      InputStream in, byte[] block, int firstLength, int bodyLines, DotStuffer stuffed)
      throws IOException {
    TopOctets top = new TopOctets(bodyLines);
    boolean whole = bodyLines == Pop3Question.Send.WHOLE;
    for (int length = firstLength; length >= 0; length = in.read(block)) {
      stuffed.write(block, 0, whole ? length : top.count(block, length));
      if (!whole && top.isOver()) {
        break;
      }
    }
    stuffed.finish();
  }
}
