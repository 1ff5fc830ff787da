package dev.postrider.dist.pipeline;

import dev.postrider.kernel.directory.LocalDomain;
import dev.postrider.kernel.host.config.ServerConfig;
import dev.postrider.plugin.EmailAddress;
import dev.postrider.plugin.service.DirectoryView;

/**
 * The domains of a configuration, each of whose addresses is taken for local. For commands that
 * don't open the store, which the server may have in use.
 */
record ConfiguredDomains(ServerConfig config) implements DirectoryView {

  @Override
  public boolean isLocalDomain(String domain) {
    return config.domains().stream().map(LocalDomain::name).anyMatch(domain::equals);
  }

  @Override
  public boolean accepts(EmailAddress address) {
    return isLocalDomain(address.domain());
  }
}
