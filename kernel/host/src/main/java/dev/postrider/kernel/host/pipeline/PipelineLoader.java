package dev.postrider.kernel.host.pipeline;

import dev.postrider.kernel.host.plugin.PluginFactory;
import dev.postrider.kernel.host.xml.Problems;
import dev.postrider.kernel.host.xml.XmlNode;
import dev.postrider.kernel.host.xml.XmlReader;
import dev.postrider.kernel.pipeline.Pipeline;
import dev.postrider.kernel.pipeline.PipelineProof;
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

  /**
   * A loader.
   *
   * @param home messages name files relative to it
   * @param plugins makes matchers and mailets
   * @param environment what {@code ${env:NAME:-default}} may name
   */
  public PipelineLoader(Path home, PluginFactory plugins, Map<String, String> environment) {
    this.home = home.toAbsolutePath().normalize();
    this.plugins = plugins;
    this.reader = new XmlReader(environment);
  }

  /** Reads a file, makes its matchers and mailets and proves that every path ends. */
  public PipelineLoad load(Path file) {
    Path absolute = file.toAbsolutePath().normalize();
    String shownAs = (absolute.startsWith(home) ? home.relativize(absolute) : absolute).toString();
    Problems problems = new Problems();
    Problems notices = new Problems();
    Optional<XmlNode> root = reader.read(absolute, shownAs, problems);
    if (root.isEmpty()) {
      return new PipelineLoad.Broken(problems.sorted(), notices.sorted());
    }
    Pipeline pipeline = new ContainerReader(plugins, problems, notices).read(root.get());
    if (problems.isEmpty()) {
      problems.addAll(PipelineProof.check(pipeline, new Place(shownAs, 0)));
    }
    return problems.isEmpty()
        ? new PipelineLoad.Loaded(pipeline, notices.sorted())
        : new PipelineLoad.Broken(problems.sorted(), notices.sorted());
  }
}
