package dev.postrider.dist;

import dev.postrider.kernel.host.config.ServerConfig;
import dev.postrider.kernel.host.pipeline.PipelineLoad;
import dev.postrider.kernel.host.pipeline.PipelineLoader;
import dev.postrider.kernel.host.plugin.PluginCatalog;
import dev.postrider.kernel.host.plugin.PluginFactory;
import dev.postrider.kernel.host.plugin.PluginServices;
import dev.postrider.kernel.host.xml.Problems;
import dev.postrider.kernel.pipeline.Pipeline;
import dev.postrider.kernel.problem.Problem;
import dev.postrider.plugin.service.DirectoryView;
import dev.postrider.plugin.service.Dns;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads the pipeline that a configuration names. */
final class Pipelines {

  private static final Logger LOG = LoggerFactory.getLogger(Pipelines.class);

  private Pipelines() {}

  /**
   * The pipeline in use from now on.
   *
   * @throws Refusal with all problems of plugins and pipeline when there are any
   */
  static Pipeline load(ServerConfig config, Dns dns, DirectoryView directory, InstantSource clock) {
    Problems ofPlugins = new Problems();
    PluginCatalog catalog = Plugins.load(config, ofPlugins);
    PluginFactory factory = new PluginFactory(catalog, PluginServices.of(dns, directory, clock));
    PipelineLoad load =
        new PipelineLoader(config.home(), factory, System.getenv()).load(config.pipeline().file());
    List<Problem> problems = new ArrayList<>(ofPlugins.sorted());
    load.notices().forEach(notice -> LOG.warn("{}", notice));
    return switch (load) {
      case PipelineLoad.Loaded loaded when problems.isEmpty() -> loaded.pipeline();
      case PipelineLoad.Loaded _ -> throw refusal(catalog, problems);
      case PipelineLoad.Broken broken -> {
        problems.addAll(broken.problems());
        throw refusal(catalog, problems);
      }
    };
  }

  private static Refusal refusal(PluginCatalog catalog, List<Problem> problems) {
    catalog.close();
    return new Refusal(problems.stream().map(Problem::toString).toList());
  }
}
