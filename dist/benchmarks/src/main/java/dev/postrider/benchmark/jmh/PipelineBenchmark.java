package dev.postrider.benchmark.jmh;

import dev.postrider.kernel.contracts.VirtualTime;
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
import dev.postrider.plugin.Message;
import dev.postrider.plugin.testkit.FixedDirectory;
import dev.postrider.plugin.testkit.InMemoryDns;
import dev.postrider.plugin.testkit.MailBuilder;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A run of the shipped pipeline for a local recipient; {@value #INSTALLED} is the distribution. */
@State(Scope.Benchmark)
public class PipelineBenchmark {

  static final String INSTALLED = "postrider.install";

  private final Pipeline pipeline;
  private final PipelineEngine engine;
  private final Mail mail;

  /** Loads pipeline and mailets as a server does. */
  public PipelineBenchmark() {
    Path installed = Path.of(System.getProperty(INSTALLED, ""));
    Problems problems = new Problems();
    PluginCatalog catalog = PluginLoader.load(installed.resolve("plugins"), problems);
    PluginServices services =
        PluginServices.of(
            new InMemoryDns(), FixedDirectory.of("bob@example.test"), InstantSource.system());
    PipelineLoad load =
        new PipelineLoader(
                installed,
                new PluginFactory(catalog, services),
                Map.of(),
                new TestBench(InstantSource.system(), (delay, task) -> () -> {}, TestBench.BUDGET))
            .load(installed.resolve("conf").resolve("pipeline.xml"));
    this.pipeline =
        switch (load) {
          case PipelineLoad.Loaded loaded -> loaded.pipeline();
          case PipelineLoad.Broken broken ->
              throw new IllegalStateException(problems.sorted() + " " + broken.problems());
        };
    VirtualTime time = new VirtualTime();
    this.engine = new PipelineEngine(PipelinePolicy.defaults(), time, time);
    this.mail =
        MailBuilder.aMail().to("bob@example.test").message(Message.of(Letter.octets())).build();
  }

  /** From root to the delivery. */
  @Benchmark
  public PipelineRun run() {
    return engine.run(pipeline, Pipeline.ROOT, mail, false);
  }
}
