package dev.postrider.kernel.host.config;

import dev.postrider.plugin.Network;
import java.util.List;

/**
 * Where requests of plugins may go.
 *
 * @param allowPrivate special networks that they may reach; none by default
 */
public record HttpConfig(List<Network> allowPrivate) {

  /** Copies the list. */
  public HttpConfig {
    allowPrivate = List.copyOf(allowPrivate);
  }
}
