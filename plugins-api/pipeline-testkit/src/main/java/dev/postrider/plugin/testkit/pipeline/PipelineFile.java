package dev.postrider.plugin.testkit.pipeline;

import dev.postrider.kernel.host.pipeline.PipelineLoad;
import dev.postrider.kernel.host.pipeline.PipelineLoader;
import dev.postrider.kernel.host.pipeline.tests.TestBench;
import dev.postrider.kernel.host.plugin.PluginCatalog;
import dev.postrider.kernel.host.plugin.PluginFactory;
import dev.postrider.kernel.host.plugin.PluginLoader;
import dev.postrider.kernel.host.plugin.PluginServices;
import dev.postrider.kernel.host.xml.Problems;
import dev.postrider.kernel.pipeline.Pipeline;
import dev.postrider.kernel.pipeline.PipelineEngine;
import dev.postrider.kernel.pipeline.PipelinePolicy;
import dev.postrider.kernel.pipeline.PipelineRun;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Plugin;
import dev.postrider.plugin.service.DirectoryView;
import dev.postrider.plugin.service.Dns;
import dev.postrider.plugin.service.Http;
import dev.postrider.plugin.service.Meters;
import dev.postrider.plugin.service.PluginState;
import dev.postrider.plugin.testkit.FixedClock;
import dev.postrider.plugin.testkit.FixedDirectory;
import dev.postrider.plugin.testkit.InMemoryDns;
import dev.postrider.plugin.testkit.InMemoryState;
import dev.postrider.plugin.testkit.MailBuilder;
import dev.postrider.plugin.testkit.RecordingMeters;
import dev.postrider.plugin.testkit.ScriptedHttp;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.random.RandomGenerator;

/**
 * A pipeline file under test:
 *
 * <pre>{@code
 * PipelineFile.load(Path.of("conf/pipeline.xml"))
 *     .withPluginsOnClassPath()
 *     .directory(FixedDirectory.of("bob@example.test"))
 *     .run(aMail().to("bob@example.test"))
 *     .passes("root", "local")
 *     .delivers("bob@example.test")
 *     .withHeader("X-Seen", "yes");
 * }</pre>
 *
 * <p>What is not said: no plugins, an empty DNS, a directory that knows {@code bob@example.test}, a
 * clock that stands at 2026-11-23T12:00:00Z, no web server, always the same chance, an empty state,
 * no environment variables. Not thread-safe; each run loads file and plugins anew.
 */
public final class PipelineFile {

  private static final long SEED = 1;

  private final Path file;
  private final List<Plugin> plugins = new ArrayList<>();
  private final List<Path> folders = new ArrayList<>();
  private final Map<String, String> environment = new HashMap<>();
  private Dns dns = new InMemoryDns();
  private DirectoryView directory = FixedDirectory.of("bob@example.test");
  private InstantSource clock = FixedClock.at("2026-11-23T12:00:00Z");
  private Http http = new ScriptedHttp();
  private PluginState state = new InMemoryState();
  private Meters meters = new RecordingMeters();
  private Duration stepDeadline = Duration.ofSeconds(10);

  private PipelineFile(Path file) {
    this.file = file;
  }

  /** A pipeline in a file. */
  public static PipelineFile load(Path file) {
    return new PipelineFile(file);
  }

  /** The pipeline may name what these offer. */
  public PipelineFile withPlugins(Plugin... more) {
    plugins.addAll(List.of(more));
    return this;
  }

  /** The pipeline may name what the plugins offer that {@link ServiceLoader} finds. */
  public PipelineFile withPluginsOnClassPath() {
    ServiceLoader.load(Plugin.class).forEach(plugins::add);
    return this;
  }

  /**
   * The pipeline may name what the plugins of a folder offer, as a server would load them.
   *
   * @param folder holds one folder of jars per plugin
   */
  public PipelineFile withPluginsIn(Path folder) {
    folders.add(folder);
    return this;
  }

  /** Lends this DNS. */
  public PipelineFile dns(Dns other) {
    dns = other;
    return this;
  }

  /** Lends this directory. */
  public PipelineFile directory(DirectoryView other) {
    directory = other;
    return this;
  }

  /** Lends this clock; runs are timed by it too. */
  public PipelineFile clock(InstantSource other) {
    clock = other;
    return this;
  }

  /** Lends these answers of web servers. */
  public PipelineFile http(Http other) {
    http = other;
    return this;
  }

  /** Lends this state, to all plugins. */
  public PipelineFile state(PluginState other) {
    state = other;
    return this;
  }

  /** Lends these figures, to all plugins. */
  public PipelineFile meters(Meters other) {
    meters = other;
    return this;
  }

  /** Interrupts a matcher or mailet after this real time; 10 s where nothing is said. */
  public PipelineFile stepDeadline(Duration other) {
    stepDeadline = other;
    return this;
  }

  /** Sets an environment variable that the file may name. */
  public PipelineFile environment(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /**
   * What a server would refuse, failing tests of the file included, as {@code FILE:LINE: what;
   * suggestion}; empty when all is well.
   */
  public List<String> problems() {
    Problems ofPlugins = new Problems();
    try (PluginCatalog catalog = PluginLoader.load(folders, plugins, ofPlugins)) {
      List<String> all =
          new ArrayList<>(ofPlugins.sorted().stream().map(Object::toString).toList());
      if (loader(catalog).load(file)
          instanceof PipelineLoad.Broken(var problems, var _, var _, var _)) {
        problems.forEach(problem -> all.add(problem.toString()));
      }
      return all;
    }
  }

  /**
   * Runs a mail from the end of data on: processor {@code message} where there is one, and root.
   */
  public PipelineResult run(Mail mail) {
    return run(mail, Pipeline.MESSAGE);
  }

  /** Runs the mail that the builder makes. */
  public PipelineResult run(MailBuilder mail) {
    return run(mail.build());
  }

  /**
   * Runs a mail from a processor on.
   *
   * @throws AssertionError with all problems, where a server would refuse the file
   */
  public PipelineResult run(Mail mail, String processor) {
    Problems ofPlugins = new Problems();
    try (PluginCatalog catalog = PluginLoader.load(folders, plugins, ofPlugins)) {
      if (!ofPlugins.isEmpty()) {
        throw new AssertionError("the plugins can't be used: " + ofPlugins.sorted());
      }
      return switch (loader(catalog).read(file)) {
        case PipelineLoad.Broken(var problems, var _, var _, var _) ->
            throw new AssertionError(
                String.join("\n", problems.stream().map(Object::toString).toList()));
        case PipelineLoad.Loaded(Pipeline pipeline, var _, var _) ->
            new PipelineResult(run(pipeline, processor, mail));
      };
    }
  }

  private PipelineLoader loader(PluginCatalog catalog) {
    Random random = new Random(SEED);
    PluginServices services =
        PluginServices.of(dns, directory, clock)
            .with(Http.class, asker -> http)
            .with(RandomGenerator.class, asker -> random)
            .with(PluginState.class, asker -> state)
            .with(Meters.class, asker -> meters);
    Path home = file.toAbsolutePath().normalize().getParent();
    return new PipelineLoader(
        home == null ? file.toAbsolutePath() : home,
        new PluginFactory(catalog, services),
        environment,
        new TestBench(clock, new RealTimers(), TestBench.BUDGET));
  }

  private PipelineRun run(Pipeline pipeline, String processor, Mail mail) {
    String start =
        processor.equals(Pipeline.MESSAGE) && pipeline.processor(processor).isEmpty()
            ? Pipeline.ROOT
            : processor;
    PipelineEngine engine =
        new PipelineEngine(
            PipelinePolicy.defaults().withStepDeadline(stepDeadline), clock, new RealTimers());
    return engine.run(pipeline, start, mail, true);
  }
}
