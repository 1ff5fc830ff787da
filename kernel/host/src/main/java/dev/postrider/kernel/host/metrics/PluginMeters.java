package dev.postrider.kernel.host.metrics;

import dev.postrider.plugin.service.Meters;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The figures of one plugin, in a registry that may not be there yet. Thread: any. */
final class PluginMeters implements Meters {

  private static final Logger LOG = LoggerFactory.getLogger(PluginMeters.class);

  private enum Kind {
    COUNTER,
    TIMER,
    GAUGE
  }

  private record Shape(Kind kind, String tag) {}

  private record Figure(String name, String value) {}

  private final String plugin;
  private final Supplier<? extends MeterRegistry> registry;
  private final Map<String, Shape> shapes = new HashMap<>();
  private final Map<Figure, Object> figures = new HashMap<>();
  private boolean told;

  PluginMeters(String plugin, Supplier<? extends MeterRegistry> registry) {
    this.plugin = plugin;
    this.registry = registry;
  }

  @Override
  public Counter counter(String name) {
    return counterOf(name, "", "");
  }

  @Override
  public Counter counter(String name, String tag, String value) {
    FigureName.checkTag(tag, value);
    return counterOf(name, tag, value);
  }

  private Counter counterOf(String name, String tag, String value) {
    return figure(
        Counter.class,
        new Shape(Kind.COUNTER, tag),
        new Figure(name, value),
        full -> {
          var counter = registry.get().counter(full, tags(tag, value));
          return amount -> {
            if (amount > 0) {
              counter.increment(amount);
            }
          };
        },
        unseen -> {});
  }

  @Override
  public Timer timer(String name) {
    return timerOf(name, "", "");
  }

  @Override
  public Timer timer(String name, String tag, String value) {
    FigureName.checkTag(tag, value);
    return timerOf(name, tag, value);
  }

  private Timer timerOf(String name, String tag, String value) {
    return figure(
        Timer.class,
        new Shape(Kind.TIMER, tag),
        new Figure(name, value),
        full -> {
          io.micrometer.core.instrument.Timer timer =
              io.micrometer.core.instrument.Timer.builder(full)
                  .tags(tags(tag, value))
                  .register(registry.get());
          return timer::record;
        },
        unseen -> {});
  }

  @Override
  public Gauge gauge(String name) {
    return gaugeOf(name, "", "");
  }

  @Override
  public Gauge gauge(String name, String tag, String value) {
    FigureName.checkTag(tag, value);
    return gaugeOf(name, tag, value);
  }

  private Gauge gaugeOf(String name, String tag, String value) {
    return figure(
        Gauge.class,
        new Shape(Kind.GAUGE, tag),
        new Figure(name, value),
        full -> {
          AtomicReference<Double> now = new AtomicReference<>(0.0);
          io.micrometer.core.instrument.Gauge.builder(full, now, AtomicReference::get)
              .tags(tags(tag, value))
              .strongReference(true)
              .register(registry.get());
          return now::set;
        },
        unseen -> {});
  }

  private static Tags tags(String tag, String value) {
    return tag.isEmpty() ? Tags.empty() : Tags.of(tag, value);
  }

  // Prometheus shows a name with one set of tags only, so a second one is the plugin's fault.
  private synchronized <T> T figure(
      Class<T> as, Shape shape, Figure figure, Function<String, T> make, T unseen) {
    FigureName.checked(figure.name(), figure);
    Shape known = shapes.putIfAbsent(figure.name(), shape);
    if (known != null && !known.equals(shape)) {
      throw new IllegalArgumentException(
          "the figure '" + figure.name() + "' is a " + words(known) + " already");
    }
    Object present = figures.get(figure);
    if (present != null) {
      return as.cast(present);
    }
    if (figures.size() >= MAX_FIGURES) {
      if (!told) {
        told = true;
        LOG.warn(
            "the plugin '{}' has {} figures; '{}' and those after it are not counted",
            plugin,
            MAX_FIGURES,
            figure.name());
      }
      return unseen;
    }
    T made = make.apply("plugin." + plugin + "." + figure.name());
    figures.put(figure, made);
    return made;
  }

  private static String words(Shape shape) {
    String kind = shape.kind().name().toLowerCase(Locale.ROOT);
    return kind + (shape.tag().isEmpty() ? " without tag" : " with the tag '" + shape.tag() + "'");
  }
}
