package dev.postrider.kernel.host.pipeline;

import dev.postrider.kernel.host.pipeline.tests.TestBench;
import dev.postrider.kernel.host.pipeline.tests.TestReport;
import dev.postrider.kernel.host.plugin.PluginFactory;
import dev.postrider.kernel.host.xml.Problems;
import dev.postrider.kernel.host.xml.XmlNode;
import dev.postrider.kernel.host.xml.XmlReader;
import dev.postrider.kernel.pipeline.Pipeline;
import dev.postrider.kernel.pipeline.proof.PipelineProof;
import dev.postrider.kernel.pipeline.proof.Proven;
import dev.postrider.kernel.problem.Place;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a pipeline file: our {@code <pipeline>} or the {@code <mailetcontainer>} of Apache James.
 * Thread: any.
 */
public final class PipelineLoader {

  private final Path home;
  private final PluginFactory plugins;
  private final XmlReader reader;
  private final TestBench bench;

  /**
   * A loader.
   *
   * @param home messages name files relative to it
   * @param plugins makes matchers and mailets
   * @param environment what {@code ${env:NAME:-default}} may name
   * @param bench runs the tests of the pipeline
   */
  public PipelineLoader(
      Path home, PluginFactory plugins, Map<String, String> environment, TestBench bench) {
    this.home = home.toAbsolutePath().normalize();
    this.plugins = plugins;
    this.reader = new XmlReader(environment);
    this.bench = bench;
  }

  /** Reads a file, makes its matchers and mailets, proves what can't happen, and runs its tests. */
  public PipelineLoad load(Path file) {
    return load(file, true);
  }

  /** As {@link #load(Path)}, but runs no tests. */
  public PipelineLoad read(Path file) {
    return load(file, false);
  }

  private PipelineLoad load(Path file, boolean tested) {
    Path absolute = file.toAbsolutePath().normalize();
    String shownAs = (absolute.startsWith(home) ? home.relativize(absolute) : absolute).toString();
    Problems problems = new Problems();
    Problems notices = new Problems();
    Optional<XmlNode> root = reader.read(absolute, shownAs, problems);
    if (root.isEmpty()) {
      return new PipelineLoad.Broken(
          problems.sorted(), notices.sorted(), TestReport.NONE, Optional.empty());
    }
    Pipeline pipeline =
        new ContainerReader(plugins, problems, notices)
            .read(root.get())
            .withFingerprint(Fingerprint.of(root.get()));
    if (!problems.isEmpty()) {
      return new PipelineLoad.Broken(
          problems.sorted(), notices.sorted(), TestReport.NONE, Optional.empty());
    }
    TestReport tests = tested ? tests(root.get(), absolute, pipeline, problems) : TestReport.NONE;
    Proven proven =
        PipelineProof.of(pipeline, new Place(shownAs, 0), trace(absolute), plugins.patience());
    problems.addAll(proven.problems());
    if (proven.complete()) {
      problems.addAll(tests.problems());
    }
    notices.addAll(proven.notices());
    return problems.isEmpty()
        ? new PipelineLoad.Loaded(pipeline, notices.sorted(), tests)
        : new PipelineLoad.Broken(
            problems.sorted(), notices.sorted(), tests, Optional.of(pipeline));
  }

  private String trace(Path file) {
    return "postrider trace --home " + quoted(home) + " --pipeline " + quoted(file);
  }

  private static String quoted(Path path) {
    String text = path.toString();
    boolean plain =
        text.chars().allMatch(c -> Character.isLetterOrDigit(c) || "/._-".indexOf(c) >= 0);
    return plain ? text : "'" + text.replace("'", "'\\''") + "'";
  }

  private TestReport tests(XmlNode root, Path file, Pipeline pipeline, Problems problems) {
    return bench.run(
        root.children(ContainerReader.TEST),
        file.resolveSibling(""),
        pipeline,
        services ->
            new ContainerReader(plugins.with(services), new Problems(), new Problems()).read(root),
        problems);
  }
}
