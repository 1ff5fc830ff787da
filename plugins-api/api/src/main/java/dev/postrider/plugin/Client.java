package dev.postrider.plugin;

import java.net.InetAddress;
import java.util.Optional;

/**
 * The peer that handed the mail in, as the session knows it.
 *
 * @param address the peer's IP address (behind PROXY: the real client's)
 * @param helo the name it gave in HELO, EHLO or LHLO; empty before that and for mail made here
 * @param protocol how it came, as in Received (RFC 5321 §4.4, RFC 3848): {@code ESMTPSA}, {@code
 *     LMTP}, …; {@code local} for mail made here
 * @param listener the name of the listener: {@code smtp}, {@code submission}, {@code submissions},
 *     {@code lmtp}; {@code local} for mail made here
 * @param login the account that logged in, where one did
 * @param tls whether the connection is encrypted
 * @since 1.0
 */
public record Client(
    InetAddress address,
    String helo,
    String protocol,
    String listener,
    Optional<EmailAddress> login,
    boolean tls) {

  /** The client of mail that the server itself made, such as a bounce. */
  public static Client local() {
    return new Client(
        InetAddress.getLoopbackAddress(), "", "local", "local", Optional.empty(), false);
  }
}
