package dev.postrider.benchmark.jmh;

import dev.postrider.kernel.contracts.VirtualTime;
import dev.postrider.kernel.pipeline.Pipeline;
import dev.postrider.kernel.pipeline.PipelineEngine;
import dev.postrider.kernel.pipeline.PipelinePolicy;
import dev.postrider.kernel.pipeline.PipelineRun;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Message;
import dev.postrider.plugin.testkit.MailBuilder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A run of the shipped pipeline for a local recipient. */
@State(Scope.Benchmark)
public class PipelineBenchmark {

  private final Pipeline pipeline = new Workshop().shipped();
  private final PipelineEngine engine;
  private final Mail mail =
      MailBuilder.aMail().to(Workshop.LOCAL).message(Message.of(Letter.octets())).build();

  /** Loads pipeline and mailets as a server does. */
  public PipelineBenchmark() {
    VirtualTime time = new VirtualTime();
    this.engine = new PipelineEngine(PipelinePolicy.defaults(), time, time);
  }

  /** From root to the delivery. */
  @Benchmark
  public PipelineRun run() {
    return engine.run(pipeline, Pipeline.ROOT, mail, false);
  }
}
