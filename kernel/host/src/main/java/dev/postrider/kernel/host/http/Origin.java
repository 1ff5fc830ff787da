package dev.postrider.kernel.host.http;

import java.net.URI;
import java.util.Locale;

/**
 * A server as requests name it.
 *
 * @param encrypted whether over TLS
 * @param host in lower case; an IPv6 literal with its brackets
 * @param port of the URI or the scheme's own
 */
record Origin(boolean encrypted, String host, int port) {

  static Origin of(URI uri) {
    boolean encrypted = uri.getScheme().equalsIgnoreCase("https");
    int port = uri.getPort() > 0 ? uri.getPort() : encrypted ? 443 : 80;
    return new Origin(encrypted, uri.getHost().toLowerCase(Locale.ROOT), port);
  }

  /** The host as TLS names it. */
  String name() {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }
}
