package dev.postrider.kernel.host.plugin;

import dev.postrider.plugin.service.DirectoryView;
import dev.postrider.plugin.service.Dns;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;

/**
 * What the host lends to plugins that ask for it by type.
 *
 * @param dns name lookups
 * @param directory what may be known of local domains and users
 * @param clock the time
 */
public record PluginServices(Dns dns, DirectoryView directory, InstantSource clock) {

  private static final Set<Class<?>> KNOWN =
      Set.of(Dns.class, DirectoryView.class, InstantSource.class, System.Logger.class);

  /** Whether a constructor may ask for this type. */
  static boolean lends(Class<?> service) {
    return KNOWN.contains(service);
  }

  /** The service of this type; a logger is named after the class that asks. */
  Optional<Object> of(Class<?> service, Class<?> asker) {
    if (service == Dns.class) {
      return Optional.of(dns);
    }
    if (service == DirectoryView.class) {
      return Optional.of(directory);
    }
    if (service == InstantSource.class) {
      return Optional.of(clock);
    }
    return service == System.Logger.class
        ? Optional.of(System.getLogger(asker.getName()))
        : Optional.empty();
  }
}
