package dev.postrider.benchmark.jmh;

import dev.postrider.kernel.host.pipeline.PipelineLoad;
import dev.postrider.kernel.host.pipeline.PipelineLoader;
import dev.postrider.kernel.host.pipeline.tests.TestBench;
import dev.postrider.kernel.host.plugin.PluginCatalog;
import dev.postrider.kernel.host.plugin.PluginFactory;
import dev.postrider.kernel.host.plugin.PluginLoader;
import dev.postrider.kernel.host.plugin.PluginServices;
import dev.postrider.kernel.host.xml.Problems;
import dev.postrider.kernel.pipeline.Pipeline;
import dev.postrider.plugin.service.Dns;
import dev.postrider.plugin.testkit.FixedDirectory;
import dev.postrider.plugin.testkit.InMemoryDns;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

/** Loads pipelines as a server does; {@value #INSTALLED} is the distribution with its plugins. */
final class Workshop {

  static final String INSTALLED = "postrider.install";
  static final String LOCAL = "bob@example.test";

  private final Path installed = Path.of(System.getProperty(INSTALLED, ""));
  private final PipelineLoader loader;

  Workshop() {
    this(new InMemoryDns());
  }

  /** With these name servers. */
  Workshop(Dns dns) {
    Problems problems = new Problems();
    PluginCatalog catalog = PluginLoader.load(installed.resolve("plugins"), problems);
    if (!problems.isEmpty()) {
      throw new IllegalStateException(problems.sorted().toString());
    }
    PluginServices services =
        PluginServices.of(dns, FixedDirectory.of(LOCAL), InstantSource.system());
    TestBench bench =
        new TestBench(InstantSource.system(), (delay, task) -> () -> {}, TestBench.BUDGET);
    this.loader =
        new PipelineLoader(installed, new PluginFactory(catalog, services), Map.of(), bench);
  }

  Pipeline shipped() {
    return load(installed.resolve("conf").resolve("pipeline.xml"));
  }

  Pipeline load(Path file) {
    return switch (loader.load(file)) {
      case PipelineLoad.Loaded loaded -> loaded.pipeline();
      case PipelineLoad.Broken broken ->
          throw new IllegalStateException(broken.problems().toString());
    };
  }
}
