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
import dev.postrider.plugin.Content;
import dev.postrider.plugin.Job;
import dev.postrider.plugin.Message;
import dev.postrider.plugin.service.Dns;
import dev.postrider.plugin.testkit.Corpus;
import dev.postrider.plugin.testkit.FixedDirectory;
import dev.postrider.plugin.testkit.InMemoryDns;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Loads pipelines as a server does; {@value #INSTALLED} is the distribution with its plugins. */
final class Workshop {

  static final String INSTALLED = "postrider.install";
  static final String LOCAL = "bob@example.test";

  private final Path installed = Path.of(System.getProperty(INSTALLED, ""));
  private final PluginCatalog catalog;
  private final PluginServices services;
  private final PipelineLoader loader;

  Workshop() {
    this(new InMemoryDns());
  }

  /** With these name servers. */
  Workshop(Dns dns) {
    Problems problems = new Problems();
    this.catalog = PluginLoader.load(installed.resolve("plugins"), problems);
    if (!problems.isEmpty()) {
      throw new IllegalStateException(problems.sorted().toString());
    }
    this.services = PluginServices.of(dns, FixedDirectory.of(LOCAL), InstantSource.system());
    TestBench bench =
        new TestBench(InstantSource.system(), (delay, task) -> () -> {}, TestBench.BUDGET);
    this.loader =
        new PipelineLoader(installed, new PluginFactory(catalog, services), Map.of(), bench);
  }

  /** Teaches the classifier so many mails of each kind. */
  void teach(int ofEach) throws IOException {
    Corpus corpus = new Corpus(7);
    Job job = catalog.job("SpamLearn").orElseThrow().make(services);
    job.run(List.of("ham"), mails(ofEach, corpus::ham));
    job.run(List.of("spam"), mails(ofEach, corpus::spam));
  }

  private static Content mails(int count, Supplier<Message> mails) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < count; i++) {
      Message mail = mails.get();
      out.writeBytes((mail.size() + "\n").getBytes(StandardCharsets.US_ASCII));
      try (InputStream in = mail.open()) {
        in.transferTo(out);
      }
    }
    return Content.of(out.toByteArray());
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
