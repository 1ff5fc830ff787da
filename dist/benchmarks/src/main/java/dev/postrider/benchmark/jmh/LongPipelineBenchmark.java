package dev.postrider.benchmark.jmh;

import dev.postrider.kernel.contracts.VirtualTime;
import dev.postrider.kernel.pipeline.Pipeline;
import dev.postrider.kernel.pipeline.PipelineEngine;
import dev.postrider.kernel.pipeline.PipelinePolicy;
import dev.postrider.kernel.pipeline.PipelineRun;
import dev.postrider.plugin.Mail;
import dev.postrider.plugin.Message;
import dev.postrider.plugin.testkit.MailBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A pipeline of 200 entries, of which one in ten applies and changes the header; 100 tests. */
@State(Scope.Benchmark)
public class LongPipelineBenchmark {

  private static final int ENTRIES = 200;
  private static final int TESTS = 100;

  private final Workshop workshop = new Workshop();
  private final Path file;
  private final Pipeline pipeline;
  private final PipelineEngine engine;
  private final Mail mail =
      MailBuilder.aMail().to(Workshop.LOCAL).message(Message.of(Letter.octets())).build();

  /** Writes and loads the pipeline. */
  public LongPipelineBenchmark() {
    this.file = written();
    this.pipeline = workshop.load(file);
    VirtualTime time = new VirtualTime();
    this.engine = new PipelineEngine(PipelinePolicy.defaults(), time, time);
  }

  private static Path written() {
    try {
      Path file = Files.createTempFile("long-pipeline", ".xml");
      file.toFile().deleteOnExit();
      return Files.writeString(file, text());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text() {
    StringBuilder out = new StringBuilder("<pipeline><processors><processor state=\"root\">\n");
    for (int i = 0; i < ENTRIES; i++) {
      String match = i % 10 == 0 ? "SizeGreaterThan=1" : "HasHeader=X-Unknown-" + i;
      out.append(
          """
          <mailet match="%s" class="AddHeader"><name>X-Seen-%d</name><value>yes</value></mailet>
          """
              .formatted(match, i));
    }
    out.append(
        """
        <mailet match="All" class="LocalDelivery"/></processor>
        <processor state="error"><mailet match="All" class="Hold"/></processor>
        </processors>
        """);
    for (int i = 0; i < TESTS; i++) {
      out.append(
          """
          <test name="number %d"><local>example.test</local>
          <mail from="a@elsewhere.example" to="bob@example.test"/><expect fate="delivered">
          <header name="X-Seen-0">yes</header></expect></test>
          """
              .formatted(i));
    }
    return out.append("</pipeline>").toString();
  }

  /** One mail through all entries. */
  @Benchmark
  public PipelineRun run() {
    return engine.run(pipeline, Pipeline.ROOT, mail, false);
  }

  /** Reading, proving, and all tests. */
  @Benchmark
  public Pipeline load() {
    return workshop.load(file);
  }
}
