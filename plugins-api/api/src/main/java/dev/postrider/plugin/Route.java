package dev.postrider.plugin;

import java.util.Optional;

/**
 * Where relayed mail goes.
 *
 * @since 1.0
 */
public sealed interface Route {

  /** To the mail exchangers of each recipient's domain (RFC 5321 §5). */
  record Direct() implements Route {}

  /**
   * To a fixed host, such as the smart host of a provider. Private addresses are allowed: the admin
   * named it.
   *
   * @param host a name or an IP address
   * @param port 1 to 65535
   * @param credentials to log in with, where needed
   * @param requireTls whether to send nothing without TLS
   */
  record SmartHost(String host, int port, Optional<Credentials> credentials, boolean requireTls)
      implements Route {
    /** Checks the port, and that a password never goes out in the clear. */
    public SmartHost {
      if (port < 1 || port > 65535) {
        throw new IllegalArgumentException("port " + port + " is not 1 to 65535");
      }
      requireTls = requireTls || credentials.isPresent();
    }
  }

  /**
   * A login.
   *
   * @param user the name
   * @param password never shown
   */
  record Credentials(String user, String password) {
    @Override
    public String toString() {
      return user + ":****";
    }
  }
}
