package dev.postrider.mailet.filtering.daemon;

import dev.postrider.plugin.Doc;
import dev.postrider.plugin.Text;
import java.nio.file.Path;

/** Where a daemon listens, written as Postfix writes the address of a milter. */
@Doc("`inet:host:port` or `unix:/path`")
public sealed interface DaemonAddress {

  /**
   * A TCP port.
   *
   * @param host a name or an address, IPv6 without brackets
   * @param port 1 to 65535
   */
  record Inet(String host, int port) implements DaemonAddress {
    @Override
    public String toString() {
      return "inet:" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
  }

  /**
   * A socket in the file system.
   *
   * @param path absolute
   */
  record Unix(Path path) implements DaemonAddress {
    @Override
    public String toString() {
      return "unix:" + path;
    }
  }

  /**
   * Reads {@code inet:host:port}, {@code inet:[2001:db8::1]:port} or {@code unix:/path}.
   *
   * @throws IllegalArgumentException with a reason for a person when it is neither
   */
  static DaemonAddress parse(String text) {
    String bare = text.strip();
    if (bare.startsWith("unix:")) {
      Path path = Path.of(bare.substring(5));
      if (path.isAbsolute()) {
        return new Unix(path);
      }
    } else if (bare.startsWith("inet:")) {
      int colon = bare.lastIndexOf(':');
      String host = bare.substring(5, Math.max(5, colon));
      boolean bracketed = host.startsWith("[") && host.endsWith("]");
      int port = port(bare.substring(colon + 1));
      if (port > 0 && !host.isEmpty() && (bracketed || host.indexOf(':') < 0)) {
        return new Inet(bracketed ? host.substring(1, host.length() - 1) : host, port);
      }
    }
    throw new IllegalArgumentException(
        "'" + Text.shown(text) + "' is not inet:host:port or unix:/absolute/path");
  }

  private static int port(String text) {
    boolean digits =
        !text.isEmpty() && text.length() <= 5 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    int port = digits ? Integer.parseInt(text) : 0;
    return port <= 65_535 ? port : 0;
  }
}
