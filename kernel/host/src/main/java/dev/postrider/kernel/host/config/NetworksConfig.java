package dev.postrider.kernel.host.config;

import dev.postrider.plugin.Network;
import java.net.InetAddress;
import java.util.List;

/**
 * Peers that are treated in a special way.
 *
 * @param trusted limits per address don't count for them; loopback by default
 * @param relay may send to other hosts without logging in; none by default
 * @param proxies put a PROXY header before each connection, and must; none by default
 */
public record NetworksConfig(List<Network> trusted, List<Network> relay, List<Network> proxies) {

  /** Copies the lists. */
  public NetworksConfig {
    trusted = List.copyOf(trusted);
    relay = List.copyOf(relay);
    proxies = List.copyOf(proxies);
  }

  /** Whether limits per address don't count for this peer. */
  public boolean trusts(InetAddress peer) {
    return trusted.stream().anyMatch(network -> network.contains(peer));
  }

  /** Whether this peer may send to other hosts without logging in. */
  public boolean mayRelay(InetAddress peer) {
    return relay.stream().anyMatch(network -> network.contains(peer));
  }
}
