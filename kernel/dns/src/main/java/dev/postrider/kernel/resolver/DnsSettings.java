package dev.postrider.kernel.resolver;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Whom to ask, and how long to wait.
 *
 * @param servers resolvers in the order of trying; empty for those of the system
 * @param timeout of a whole lookup, all tries and CNAMEs included
 * @param cacheEntries how many answers are kept at most
 */
public record DnsSettings(List<InetSocketAddress> servers, Duration timeout, int cacheEntries) {

  /** Copies the list. */
  public DnsSettings {
    servers = List.copyOf(servers);
  }

  /** The system's resolvers, 10 seconds, 20,000 answers. */
  public static DnsSettings defaults() {
    return new DnsSettings(List.of(), Duration.ofSeconds(10), 20_000);
  }

  /** The same with other resolvers. */
  public DnsSettings withServers(List<InetSocketAddress> others) {
    return new DnsSettings(others, timeout, cacheEntries);
  }

  /**
   * Reads {@code 127.0.0.1:5353, [::1]:53, 192.0.2.1}: IP addresses, comma-separated, port 53 where
   * none is given. The empty text means no server: those of the system.
   *
   * @throws IllegalArgumentException with the part that is wrong
   */
  public static List<InetSocketAddress> parseServers(String text) {
    List<InetSocketAddress> out = new ArrayList<>();
    for (String part : text.split(",")) {
      if (!part.isBlank()) {
        out.add(parseServer(part.strip()));
      }
    }
    return List.copyOf(out);
  }

  private static InetSocketAddress parseServer(String text) {
    int colon = text.lastIndexOf(':');
    boolean bareV6 = colon != text.indexOf(':') && !text.endsWith("]") && !text.contains("]:");
    boolean withPort = colon >= 0 && !bareV6 && !text.endsWith("]");
    String host = withPort ? text.substring(0, colon) : text;
    String bare =
        host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    try {
      int port = withPort ? Integer.parseInt(text.substring(colon + 1)) : 53;
      return new InetSocketAddress(InetAddress.ofLiteral(bare), port);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "'" + text + "' is not the address of a resolver like 127.0.0.1:5353", e);
    }
  }
}
