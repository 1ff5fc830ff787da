package dev.postrider.dist.pipeline;

import dev.postrider.dist.home.Refusal;
import dev.postrider.dist.plugin.Plugins;
import dev.postrider.kernel.host.config.ServerConfig;
import dev.postrider.kernel.host.flight.Replay;
import dev.postrider.kernel.host.pipeline.PipelineLoad;
import dev.postrider.kernel.host.pipeline.PipelineLoader;
import dev.postrider.kernel.host.pipeline.tests.TestBench;
import dev.postrider.kernel.host.plugin.PluginCatalog;
import dev.postrider.kernel.host.plugin.PluginFactory;
import dev.postrider.kernel.host.plugin.PluginLoader;
import dev.postrider.kernel.host.xml.Problems;
import dev.postrider.kernel.pipeline.Pipeline;
import dev.postrider.kernel.port.Timers;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** Pipelines whose plugins reach nothing outside, for replays. */
final class ReplayedPipelines implements AutoCloseable {

  private final WheelTimers timers = new WheelTimers();
  private final PluginCatalog catalog;
  private final PipelineLoader loader;
  private final Map<Path, Pipeline> read = new HashMap<>();

  /** With the plugins that are installed now. */
  ReplayedPipelines(ServerConfig config) {
    Problems problems = new Problems();
    this.catalog = PluginLoader.loadEach(Plugins.all(config), problems);
    if (!problems.isEmpty()) {
      throw new Refusal(problems.sorted().stream().map(Object::toString).toList());
    }
    this.loader =
        new PipelineLoader(
            config.home(),
            new PluginFactory(catalog, Replay.services()),
            System.getenv(),
            new TestBench(InstantSource.system(), timers, TestBench.BUDGET));
  }

  Timers timers() {
    return timers;
  }

  /** One that was in use and passed its tests then. */
  Pipeline read(Path file) {
    return read.computeIfAbsent(file, path -> sound(loader.read(path)));
  }

  /** One that shall be used. */
  Pipeline load(Path file) {
    return sound(loader.load(file));
  }

  private static Pipeline sound(PipelineLoad load) {
    return switch (load) {
      case PipelineLoad.Loaded loaded -> loaded.pipeline();
      case PipelineLoad.Broken broken ->
          throw new Refusal(broken.problems().stream().map(Object::toString).toList());
    };
  }

  @Override
  public void close() {
    catalog.close();
    timers.close();
  }
}
