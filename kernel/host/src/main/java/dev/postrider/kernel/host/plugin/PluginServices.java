package dev.postrider.kernel.host.plugin;

import dev.postrider.kernel.host.metrics.UnseenMeters;
import dev.postrider.kernel.state.PluginStates;
import dev.postrider.plugin.service.DirectoryView;
import dev.postrider.plugin.service.Dns;
import dev.postrider.plugin.service.Elsewhere;
import dev.postrider.plugin.service.Http;
import dev.postrider.plugin.service.Meters;
import dev.postrider.plugin.service.Outbox;
import dev.postrider.plugin.service.PluginState;
import dev.postrider.plugin.service.SecretFiles;
import dev.postrider.plugin.service.Secrets;
import dev.postrider.plugin.service.ServerName;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/** What the host lends to plugins that ask for it by type. Immutable. Thread: any. */
public final class PluginServices {

  private static final Set<Class<?>> KNOWN =
      Set.of(
          Dns.class,
          DirectoryView.class,
          Http.class,
          Elsewhere.class,
          PluginState.class,
          Outbox.class,
          Meters.class,
          ServerName.class,
          Secrets.class,
          InstantSource.class,
          RandomGenerator.class,
          System.Logger.class);

  /**
   * Who asks for a service.
   *
   * @param plugin the name of the plugin
   * @param type the matcher or mailet
   */
  public record Asker(String plugin, Class<?> type) {}

  private final Map<Class<?>, Function<Asker, ?>> lenders;

  private PluginServices(Map<Class<?>, Function<Asker, ?>> lenders) {
    this.lenders = Map.copyOf(lenders);
  }

  /**
   * Name lookups, local domains and users, the time, a logger named after the class, a state that
   * is forgotten, an outbox that sends nothing, figures that nobody sees, questions elsewhere that
   * are asked for real, no secrets, and the server name {@code localhost}.
   */
  public static PluginServices of(Dns dns, DirectoryView directory, InstantSource clock) {
    PluginStates states = PluginStates.forgotten();
    return new PluginServices(Map.of())
        .with(Dns.class, asker -> dns)
        .with(DirectoryView.class, asker -> directory)
        .with(InstantSource.class, asker -> clock)
        .with(System.Logger.class, asker -> System.getLogger(asker.type().getName()))
        .with(PluginState.class, asker -> states.of(asker.plugin()))
        .with(Outbox.class, asker -> (mails, used) -> false)
        .with(Meters.class, asker -> new UnseenMeters())
        .with(Elsewhere.class, asker -> Elsewhere.live())
        .with(Secrets.class, asker -> folder -> SecretFiles.NONE)
        .with(ServerName.class, asker -> () -> "localhost");
  }

  /** The same with one more service, or another one in its place. */
  public <T> PluginServices with(Class<T> service, Function<Asker, ? extends T> lender) {
    if (!lends(service)) {
      throw new IllegalArgumentException(service + " is not a service of the plugin API");
    }
    Map<Class<?>, Function<Asker, ?>> all = new HashMap<>(lenders);
    all.put(service, lender);
    return new PluginServices(all);
  }

  /** The same with each one of a service wrapped, where it is lent. */
  public <T> PluginServices through(Class<T> service, UnaryOperator<T> wrapping) {
    Function<Asker, ?> lender = lenders.get(service);
    return lender == null
        ? this
        : with(service, asker -> wrapping.apply(service.cast(lender.apply(asker))));
  }

  /** What a constructor may ask for. */
  public static Set<Class<?>> known() {
    return KNOWN;
  }

  /** Whether a constructor may ask for this type. */
  static boolean lends(Class<?> service) {
    return KNOWN.contains(service);
  }

  /** The service of this type for the one who asks. */
  Optional<Object> of(Class<?> service, Asker asker) {
    return Optional.ofNullable(lenders.get(service)).map(lender -> lender.apply(asker));
  }
}
