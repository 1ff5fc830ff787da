package dev.postrider.mailet.filtering.spamassassin;

import dev.postrider.mailet.filtering.daemon.Deadline;
import dev.postrider.mailet.filtering.daemon.Dial;
import dev.postrider.mailet.filtering.daemon.Peer;
import dev.postrider.plugin.Content;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * Has messages judged by spamd: the command SYMBOLS of SPAMC/1.5, with a connection for each, which
 * is what spamd knows. Thread: any.
 *
 * @param dial connects
 * @param user whose rules count, where spamd knows several
 */
record SpamdClient(Dial dial, Optional<String> user) {

  private static final byte[] NOTHING = new byte[0];

  /** Checks the name. */
  SpamdClient {
    if (!user.orElse("").chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new IllegalArgumentException("user is a name of ASCII letters and marks");
    }
  }

  /**
   * The verdict on a message.
   *
   * @throws IOException when there is none within the time, with a reason for a person
   */
  SpamdVerdict judge(Content message, Duration time) throws IOException {
    try (Deadline deadline = new Deadline(time);
        SocketChannel channel = dial.connect(deadline)) {
      Peer peer = new Peer(channel);
      try {
        ask(peer, message);
        return SpamdReply.read(peer);
      } catch (IOException e) {
        throw deadline.reason(e);
      }
    }
  }

  private void ask(Peer peer, Content message) throws IOException {
    String head =
        "SYMBOLS SPAMC/1.5\r\nContent-length: "
            + message.size()
            + "\r\n"
            + user.map(name -> "User: " + name + "\r\n").orElse("")
            + "\r\n";
    peer.send(head.getBytes(StandardCharsets.US_ASCII));
    peer.send(message, _ -> NOTHING);
    // spamd reads lines: one without an end keeps it waiting whatever the length says.
    peer.end();
  }
}
