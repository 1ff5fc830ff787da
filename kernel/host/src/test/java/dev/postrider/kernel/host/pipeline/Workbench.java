package dev.postrider.kernel.host.pipeline;

import dev.postrider.kernel.contracts.PluginWorkshop;
import dev.postrider.kernel.host.pipeline.tests.TestBench;
import dev.postrider.kernel.host.plugin.PluginCatalog;
import dev.postrider.kernel.host.plugin.PluginFactory;
import dev.postrider.kernel.host.plugin.PluginLoader;
import dev.postrider.kernel.host.plugin.PluginServices;
import dev.postrider.kernel.host.xml.Problems;
import dev.postrider.kernel.problem.Problem;
import dev.postrider.plugin.service.DirectoryView;
import dev.postrider.plugin.service.Http;
import dev.postrider.plugin.testkit.FixedClock;
import dev.postrider.plugin.testkit.FixedDirectory;
import dev.postrider.plugin.testkit.InMemoryDns;
import dev.postrider.plugin.testkit.ScriptedHttp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A home with the mailets of the shipped pipeline, loaded as a server loads them. */
final class Workbench implements AutoCloseable {

  final DirectoryView directory = FixedDirectory.of("bob@example.test");
  private final Path home;
  private final PluginCatalog catalog;

  Workbench(Path home) {
    this(home, _ -> {});
  }

  /** With more plugins. */
  Workbench(Path home, Consumer<PluginWorkshop> more) {
    this.home = home;
    PluginWorkshop workshop = new PluginWorkshop(home);
    more.accept(workshop);
    workshop.packInTree("standard", "dev.postrider.mailet.standard.StandardPlugin");
    workshop.packInTree(
        "authentication", "dev.postrider.mailet.authentication.AuthenticationPlugin");
    workshop.packInTree("spam", "dev.postrider.mailet.spam.SpamPlugin");
    Problems problems = new Problems();
    this.catalog = PluginLoader.load(workshop.plugins(), problems);
    if (!problems.isEmpty()) {
      throw new IllegalStateException(problems.sorted().toString());
    }
  }

  PipelineLoad load(Path file, Map<String, String> environment) {
    InMemoryDns dns = new InMemoryDns().withMx("example.org", 10, "mx.example.org");
    PluginServices services =
        PluginServices.of(dns, directory, FixedClock.at("2026-01-15T12:00:00Z"))
            .with(Http.class, _ -> new ScriptedHttp());
    TestBench bench =
        new TestBench(InstantSource.system(), (delay, task) -> () -> {}, TestBench.BUDGET);
    return new PipelineLoader(home, new PluginFactory(catalog, services), environment, bench)
        .load(file);
  }

  /** Loads these lines as {@code conf/pipeline.xml}. */
  PipelineLoad load(String... lines) {
    try {
      Path file = Files.createDirectories(home.resolve("conf")).resolve("pipeline.xml");
      Files.writeString(file, String.join("\n", lines));
      return load(file, Map.of());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The notices of these lines; the home is shown as {@code DIR}. */
  List<String> notices(String... lines) {
    return shown(load(lines).notices());
  }

  /** For a comparison: the home as {@code DIR}. */
  List<String> shown(List<Problem> problems) {
    String here = home.toAbsolutePath().normalize().toString();
    return problems.stream().map(each -> each.toString().replace(here, "DIR")).toList();
  }

  /** The problems of these lines; the home is shown as {@code DIR}. */
  List<String> problems(String... lines) {
    return switch (load(lines)) {
      case PipelineLoad.Loaded _ -> List.of();
      case PipelineLoad.Broken(var problems, var _, var _, var _) -> shown(problems);
    };
  }

  @Override
  public void close() {
    catalog.close();
  }
}
