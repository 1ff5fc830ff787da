package dev.postrider.kernel.host.plugin;

import dev.postrider.kernel.host.xml.Problems;
import dev.postrider.kernel.pipeline.Patience;
import dev.postrider.kernel.problem.NearestName;
import dev.postrider.kernel.problem.Place;
import dev.postrider.plugin.Job;
import dev.postrider.plugin.MailboxListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * All matchers and mailets that plugins offer, by name. Immutable. Thread: any. Close it where no
 * pipeline was made from it. Else leave it to the collector, which closes the jars too: somebody
 * may have taken the pipeline before it was replaced and begin a run with it at any later time.
 */
public final class PluginCatalog implements AutoCloseable {

  private final Map<String, PluginType> matchers = new TreeMap<>();
  private final Map<String, PluginType> mailets = new TreeMap<>();
  private final List<PluginPart<Job>> jobs;
  private final List<PluginPart<MailboxListener>> listeners;
  private final List<URLClassLoader> loaders;

  PluginCatalog(
      List<PluginType> types,
      List<PluginPart<Job>> jobs,
      List<PluginPart<MailboxListener>> listeners,
      List<URLClassLoader> loaders) {
    this.jobs = List.copyOf(jobs);
    this.listeners = List.copyOf(listeners);
    types.forEach(type -> byName(type.kind()).put(type.name(), type));
    this.loaders = List.copyOf(loaders);
  }

  /** The type of this name. */
  public Optional<PluginType> find(PluginType.Kind kind, String name) {
    return Optional.ofNullable(byName(kind).get(name));
  }

  /** The job of this name; of several plugins that offer it, the first one's. */
  public Optional<PluginPart<Job>> job(String name) {
    return jobs.stream().filter(job -> job.name().equals(name)).findFirst();
  }

  /**
   * Makes each listener.
   *
   * @param problems gets what is wrong; the list is then incomplete
   */
  public List<MailboxListener> listeners(PluginServices services, Problems problems) {
    Patience patience = Patience.standard();
    List<MailboxListener> made = new ArrayList<>();
    for (PluginPart<MailboxListener> listener : listeners) {
      Place place = new Place(listener.plugin(), 0);
      try {
        made.add(patience.call(() -> listener.make(services)));
      } catch (IllegalStateException e) {
        problems.add(place, String.valueOf(e.getMessage()), "ask its author");
      } catch (Patience.Exhausted e) {
        problems.add(
            place,
            "%s can't be made: its constructor %s".formatted(listener.name(), e.getMessage()),
            "a constructor must not wait; mend the plugin, or remove it");
      }
    }
    return made;
  }

  /** All types of a kind by name. */
  public Collection<PluginType> all(PluginType.Kind kind) {
    return List.copyOf(byName(kind).values());
  }

  /** What somebody who wrote an unknown name probably meant. */
  String suggestion(PluginType.Kind kind, String name, Set<String> others) {
    if (byName(kind).isEmpty()) {
      return "no plugin offers any; is the directory of plugins the right one?";
    }
    Set<String> known = new HashSet<>(others);
    known.addAll(byName(kind).keySet());
    Optional<String> nearest = NearestName.of(name, known);
    return nearest.isPresent()
        ? "did you mean '" + nearest.get() + "'?"
        : "'postrider plugin list' shows what there is";
  }

  private Map<String, PluginType> byName(PluginType.Kind kind) {
    return switch (kind) {
      case MATCHER -> matchers;
      case MAILET -> mailets;
    };
  }

  /** Lets go of the plugins' jars. */
  @Override
  public void close() {
    for (URLClassLoader loader : loaders) {
      try {
        loader.close();
      } catch (IOException e) {
        throw new UncheckedIOException(loader.getName() + " can't be closed", e);
      }
    }
  }
}
