package dev.postrider.kernel.host.config;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * Whom to ask for names.
 *
 * @param servers resolvers in their order; empty for those of the operating system
 * @param timeout for one question, all tries together
 */
public record DnsConfig(List<InetSocketAddress> servers, Duration timeout) {

  /** Copies the list. */
  public DnsConfig {
    servers = List.copyOf(servers);
  }
}
