package dev.postrider.protocol.smtp.client;

import java.time.Duration;

/**
 * How long to wait for a peer (RFC 5321 §4.5.3.2).
 *
 * @param greeting for the first reply
 * @param command for the reply to a command other than DATA
 * @param data for the reply to DATA
 * @param block for the peer to take a block of content
 * @param endOfData for the reply to the closing dot
 * @param tls for a handshake
 */
public record ClientTimeouts(
    Duration greeting,
    Duration command,
    Duration data,
    Duration block,
    Duration endOfData,
    Duration tls) {

  /** As the standard says; a minute for TLS. */
  public static ClientTimeouts standard() {
    return new ClientTimeouts(
        Duration.ofMinutes(5),
        Duration.ofMinutes(5),
        Duration.ofMinutes(2),
        Duration.ofMinutes(3),
        Duration.ofMinutes(10),
        Duration.ofMinutes(1));
  }

  /** The same time for everything, for tests. */
  public static ClientTimeouts all(Duration each) {
    return new ClientTimeouts(each, each, each, each, each, each);
  }
}
