package dev.postrider.dist.pipeline;

import dev.postrider.dist.home.Configurations;
import dev.postrider.dist.home.Home;
import dev.postrider.dist.home.Reasons;
import dev.postrider.dist.home.Refusal;
import dev.postrider.dist.plugin.Lending;
import dev.postrider.dist.plugin.Plugins;
import dev.postrider.kernel.admin.DryRun;
import dev.postrider.kernel.admin.TraceAnswer;
import dev.postrider.kernel.admin.TraceRequest;
import dev.postrider.kernel.host.config.ServerConfig;
import dev.postrider.kernel.host.flight.Pretended;
import dev.postrider.kernel.host.pipeline.PipelineLoad;
import dev.postrider.kernel.host.pipeline.PipelineLoader;
import dev.postrider.kernel.host.pipeline.tests.TestBench;
import dev.postrider.kernel.host.pipeline.tests.TestReport;
import dev.postrider.kernel.host.plugin.PluginCatalog;
import dev.postrider.kernel.host.plugin.PluginDirectory;
import dev.postrider.kernel.host.plugin.PluginFactory;
import dev.postrider.kernel.host.plugin.PluginLoader;
import dev.postrider.kernel.host.plugin.PluginServices;
import dev.postrider.kernel.host.xml.Problems;
import dev.postrider.kernel.pipeline.Pipeline;
import dev.postrider.kernel.pipeline.PipelineEngine;
import dev.postrider.kernel.pipeline.PipelinePolicy;
import dev.postrider.kernel.port.TimeOrderedIds;
import dev.postrider.kernel.port.Timers;
import dev.postrider.kernel.problem.Problem;
import dev.postrider.kernel.resolver.DnsSettings;
import dev.postrider.kernel.resolver.DnsjavaDns;
import dev.postrider.plugin.MailboxListener;
import dev.postrider.plugin.service.Dns;
import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads the pipeline that a configuration names. */
public final class Pipelines {

  private static final Logger LOG = LoggerFactory.getLogger(Pipelines.class);

  private static final Duration DNS_PATIENCE = Duration.ofSeconds(3);

  private Pipelines() {}

  /**
   * The pipeline in use from now on.
   *
   * @throws Refusal with all problems of plugins and pipeline when there are any
   */
  public static Pipeline load(ServerConfig config, Lending lending) {
    return load(config, Plugins.all(config), lending);
  }

  /**
   * The pipeline with just these plugins.
   *
   * @throws Refusal with all problems of plugins and pipeline when there are any
   */
  public static Pipeline load(ServerConfig config, List<PluginDirectory> plugins, Lending lending) {
    Problems ofPlugins = new Problems();
    PluginCatalog catalog = PluginLoader.loadEach(plugins, ofPlugins);
    PipelineLoad load = load(config, config.pipeline().file(), catalog, lending);
    List<Problem> problems = new ArrayList<>(ofPlugins.sorted());
    load.notices().forEach(notice -> LOG.warn("{}", notice));
    Problems ofListeners = new Problems();
    List<MailboxListener> listeners = catalog.listeners(lending.under(config), ofListeners);
    problems.addAll(ofListeners.sorted());
    return switch (load) {
      case PipelineLoad.Loaded loaded when problems.isEmpty() ->
          loaded.pipeline().withListeners(listeners);
      case PipelineLoad.Loaded _ -> throw refusal(catalog, problems);
      case PipelineLoad.Broken broken -> {
        problems.addAll(broken.problems());
        throw refusal(catalog, problems);
      }
    };
  }

  /**
   * A pipeline to be looked at, also one that the proofs or its tests refuse; a warning says so.
   *
   * @throws Refusal with all problems when it or a plugin can't be read
   */
  public static Pipeline read(ServerConfig config, Path file, Lending lending) {
    Problems ofPlugins = new Problems();
    PluginCatalog catalog = PluginLoader.loadEach(Plugins.all(config), ofPlugins);
    try {
      return readable(load(config, file, catalog, lending), ofPlugins);
    } catch (Refusal refusal) {
      catalog.close();
      throw refusal;
    }
  }

  private static Pipeline readable(PipelineLoad load, Problems ofPlugins) {
    List<Problem> problems = new ArrayList<>(ofPlugins.sorted());
    if (load instanceof PipelineLoad.Broken broken) {
      if (problems.isEmpty() && broken.readable().isPresent()) {
        List<Problem> ofTests = load.tests().problems();
        broken.problems().stream()
            .filter(problem -> !ofTests.contains(problem))
            .forEach(problem -> LOG.warn("a server refuses this pipeline: {}", problem));
        if (!ofTests.isEmpty()) {
          LOG.warn(
              "a server refuses this pipeline: faults that its tests find: {}", ofTests.size());
        }
      } else {
        problems.addAll(broken.problems());
      }
    }
    if (!problems.isEmpty()) {
      throw new Refusal(shown(problems));
    }
    return load.asRead().orElseThrow();
  }

  /**
   * Runs a mail through a pipeline file that need not be in use. The store may be in use by a
   * server: every address of a configured domain is taken for local.
   *
   * @throws Refusal when it can't be read
   */
  public static TraceAnswer trace(Home home, Path file, TraceRequest request) {
    ServerConfig config = Configurations.read(home);
    InstantSource clock = InstantSource.system();
    try (WheelTimers timers = new WheelTimers();
        DnsjavaDns dns = resolver(config)) {
      Pipeline pipeline = read(config, file, besideTheServer(config, dns, timers));
      PipelinePolicy policy =
          PipelinePolicy.defaults().withStepDeadline(config.pipeline().stepDeadline());
      PipelineEngine engine =
          new PipelineEngine(policy, clock, timers).observedBy(Pretended.runs());
      return new DryRun(
              () -> pipeline, engine, new TimeOrderedIds(clock, new SecureRandom()), clock)
          .trace(request);
    } catch (IOException e) {
      throw new Refusal("the mail can't be traced: " + Reasons.of(e));
    }
  }

  private static PipelineLoad load(
      ServerConfig config, Path file, PluginCatalog catalog, Lending lending) {
    PluginFactory factory = new PluginFactory(catalog, lending.under(config));
    TestBench bench = new TestBench(lending.clock(), lending.timers(), TestBench.BUDGET);
    return new PipelineLoader(config.home(), factory, System.getenv(), bench).load(file);
  }

  /**
   * Proves the pipeline with just these plugins and lets it go again. The store may be in use by a
   * server: every address of a configured domain is taken for local.
   *
   * @throws Refusal with all problems of plugins and pipeline when there are any
   * @throws IOException when the resolvers can't be used
   */
  public static void check(ServerConfig config, List<PluginDirectory> plugins) throws IOException {
    try (WheelTimers timers = new WheelTimers();
        DnsjavaDns dns = resolver(config)) {
      Pipeline _ = load(config, plugins, besideTheServer(config, dns, timers));
    }
  }

  private static Lending besideTheServer(ServerConfig config, Dns dns, Timers timers) {
    InstantSource clock = InstantSource.system();
    return new Lending(
        PluginServices.of(dns, new ConfiguredDomains(config), clock),
        dns,
        new SecureRandom(),
        clock,
        timers);
  }

  /**
   * What the tests of a home's pipeline come to. Nothing of it reaches the network or the store.
   *
   * @throws Refusal when the pipeline or its tests can't be read
   */
  public static TestReport tests(Home home) {
    ServerConfig config = Configurations.read(home);
    Problems ofPlugins = new Problems();
    try (WheelTimers timers = new WheelTimers();
        DnsjavaDns dns = resolver(config);
        PluginCatalog catalog = PluginLoader.loadEach(Plugins.all(config), ofPlugins)) {
      Path file = config.pipeline().file();
      PipelineLoad load = load(config, file, catalog, besideTheServer(config, dns, timers));
      if (load instanceof PipelineLoad.Broken broken && load.tests().equals(TestReport.NONE)) {
        throw new Refusal(shown(broken.problems()));
      }
      Pipeline _ = readable(load, ofPlugins);
      return load.tests();
    } catch (IOException e) {
      throw new Refusal("the tests can't be run: " + Reasons.of(e));
    }
  }

  private static Refusal refusal(PluginCatalog catalog, List<Problem> problems) {
    catalog.close();
    return new Refusal(shown(problems));
  }

  private static List<String> shown(List<Problem> problems) {
    return problems.stream().map(Problem::toString).toList();
  }

  /** A resolver for a look, not for a server. */
  public static DnsjavaDns resolver(ServerConfig config) throws UnknownHostException {
    return new DnsjavaDns(
        new DnsSettings(
            config.dns().servers(), DNS_PATIENCE, DnsSettings.defaults().cacheEntries()));
  }
}
