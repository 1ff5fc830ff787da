package dev.postrider.kernel.host.metrics;

import dev.postrider.kernel.ledger.Fate;
import dev.postrider.kernel.store.Change;
import dev.postrider.kernel.store.Store;
import dev.postrider.plugin.service.Meters;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The figures of a server and of its plugins. Micrometer is loaded when the first plugin makes a
 * figure or somebody reads them: a server that nobody measures pays nothing for it. Thread: any.
 */
public final class ServerMeters {

  // A class of its own, so that the registry is made by whoever needs it first.
  private final class Lazy {
    private final PrometheusMeterRegistry registry =
        new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    Lazy() {
      Gauge.builder("postrider.spool", store, from -> from.spool().count())
          .description("Mails in the spool: accepted, their run not yet committed.")
          .register(registry);
      Gauge.builder("postrider.queue", store, from -> from.outbound().count())
          .description("Entries of the outbound queue.")
          .register(registry);
      Gauge.builder("postrider.room.bytes", store, from -> from.room())
          .description("Octets of new content that the store takes before it is full.")
          .register(registry);
      fates.forEach(
          (fate, count) ->
              FunctionCounter.builder("postrider.fates", count, LongAdder::doubleValue)
                  .description("Fates written into the ledger since the start of the server.")
                  .tag("fate", fate.name().toLowerCase(Locale.ROOT))
                  .register(registry));
      shown.forEach(each -> each.accept(registry));
    }
  }

  private final Store store;
  private final Map<Fate, LongAdder> fates = new EnumMap<>(Fate.class);
  private final List<Consumer<MeterRegistry>> shown = new CopyOnWriteArrayList<>();
  private final Map<String, Meters> ofPlugins = new ConcurrentHashMap<>();
  private volatile @Nullable Lazy lazy;

  /** The figures of a server on this store. */
  public ServerMeters(Store store) {
    this.store = store;
    for (Fate fate : Fate.values()) {
      fates.put(fate, new LongAdder());
    }
    store.watch(
        batch -> {
          for (Change change : batch.changes()) {
            if (change instanceof Change.RecordFate(var entry)) {
              fates.getOrDefault(entry.fate(), new LongAdder()).increment();
            }
          }
        });
  }

  /** Shows what the server counts elsewhere; to be called before anybody reads figures. */
  public void count(String name, String doc, String tag, String value, LongAdder count) {
    shown.add(
        registry ->
            FunctionCounter.builder(name, count, LongAdder::doubleValue)
                .description(doc)
                .tag(tag, value)
                .register(registry));
  }

  /** Shows what the server counts elsewhere; to be called before anybody reads figures. */
  public void count(String name, String doc, Supplier<Number> count) {
    shown.add(
        registry ->
            FunctionCounter.builder(name, count, from -> from.get().doubleValue())
                .description(doc)
                .register(registry));
  }

  /** Shows a figure that goes up and down; to be called before anybody reads figures. */
  public void gauge(String name, String doc, Supplier<Number> value) {
    shown.add(registry -> Gauge.builder(name, value).description(doc).register(registry));
  }

  /** The figures of a plugin. */
  public Meters of(String plugin) {
    return ofPlugins.computeIfAbsent(plugin, name -> new PluginMeters(name, this::registry));
  }

  /** All figures in the text format of Prometheus, version 0.0.4. */
  public String text() {
    return registry().scrape();
  }

  private PrometheusMeterRegistry registry() {
    Lazy made = lazy;
    if (made == null) {
      synchronized (this) {
        made = lazy;
        if (made == null) {
          made = new Lazy();
          lazy = made;
        }
      }
    }
    return made.registry;
  }
}
