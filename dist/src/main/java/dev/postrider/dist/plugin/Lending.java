package dev.postrider.dist.plugin;

import dev.postrider.kernel.host.config.ServerConfig;
import dev.postrider.kernel.host.flight.ObservedServices;
import dev.postrider.kernel.host.http.GuardedHttp;
import dev.postrider.kernel.host.plugin.PluginServices;
import dev.postrider.kernel.host.secret.SecretFolders;
import dev.postrider.kernel.port.Timers;
import dev.postrider.plugin.service.Dns;
import dev.postrider.plugin.service.Http;
import dev.postrider.plugin.service.Secrets;
import dev.postrider.plugin.service.ServerName;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * What the pipelines of this process are made with.
 *
 * @param services lent to plugins, but for those that depend on a configuration
 * @param dns name lookups of HTTP requests
 * @param random chance
 * @param clock the time
 * @param timers end what takes too long
 */
public record Lending(
    PluginServices services, Dns dns, RandomGenerator random, InstantSource clock, Timers timers) {

  /** What plugins are lent under this configuration; what they ask is seen by observers of runs. */
  public PluginServices under(ServerConfig config) {
    Http http = new GuardedHttp(dns, config.http().allowPrivate(), timers);
    Secrets secrets = new SecretFolders(config.home().resolve("conf"), clock);
    return ObservedServices.of(
        services
            .with(Http.class, asker -> http)
            .with(RandomGenerator.class, asker -> random)
            .with(Secrets.class, asker -> secrets)
            .with(ServerName.class, asker -> config::hostName));
  }
}
