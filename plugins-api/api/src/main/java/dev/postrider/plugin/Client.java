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
 * @param appPassword the name of the app password it logged in with, where it was one; since 1.1
 * @since 1.0
 */
public record Client(
    InetAddress address,
    String helo,
    String protocol,
    String listener,
    Optional<EmailAddress> login,
    boolean tls,
    Optional<String> appPassword) {

  /** One that did not log in with an app password. */
  public Client(
      InetAddress address,
      String helo,
      String protocol,
      String listener,
      Optional<EmailAddress> login,
      boolean tls) {
    this(address, helo, protocol, listener, login, tls, Optional.empty());
  }

  /**
   * The same, logged in with the app password of this name.
   *
   * @since 1.1
   */
  public Client withAppPassword(String name) {
    return new Client(address, helo, protocol, listener, login, tls, Optional.of(name));
  }

  /** The client of mail that the server itself made, such as a bounce. */
  public static Client local() {
    return new Client(
        InetAddress.getLoopbackAddress(), "", "local", "local", Optional.empty(), false);
  }
}
