package dev.postrider.dist.server;

import dev.postrider.dist.home.Refusal;
import dev.postrider.dist.plugin.Plugins;
import dev.postrider.kernel.admin.AdminAnswer;
import dev.postrider.kernel.admin.Reloader;
import dev.postrider.kernel.host.config.ConfigReader;
import dev.postrider.kernel.host.config.ConfigResult;
import dev.postrider.kernel.host.config.PipelineConfig;
import dev.postrider.kernel.host.config.ServerConfig;
import dev.postrider.kernel.host.plugin.PluginDirectory;
import dev.postrider.kernel.pipeline.LivePipeline;
import dev.postrider.kernel.pipeline.Pipeline;
import dev.postrider.kernel.problem.Problem;
import jakarta.inject.Provider;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads pipeline, plugins and certificate of a running server anew beside those in use, and puts
 * them in use only when all of it is good.
 *
 * <p>The old plugins are not closed: a session may have taken the old pipeline and begin its run a
 * moment later. Nothing here holds them, so the collector takes them with the last run.
 */
final class Reload implements Reloader {

  private static final Logger LOG = LoggerFactory.getLogger(Reload.class);

  private final ServerConfig started;
  private final Map<String, String> environment;
  private final Provider<LivePipeline> live;
  private final Function<ServerConfig, Pipeline> pipelines;
  private final Certificates certificates;
  private final Lock oneAtATime = new ReentrantLock(true);
  private volatile ServerConfig current;

  /**
   * A reload of a server.
   *
   * @param started the configuration it was started with
   * @param environment what the configuration may name
   * @param live what is in use
   * @param pipelines loads the pipeline of a configuration, or throws a {@link Refusal}
   * @param certificates what the listeners show
   */
  Reload(
      ServerConfig started,
      Map<String, String> environment,
      Provider<LivePipeline> live,
      Function<ServerConfig, Pipeline> pipelines,
      Certificates certificates) {
    this.started = started;
    this.environment = environment;
    this.live = live;
    this.pipelines = pipelines;
    this.certificates = certificates;
    this.current = started;
  }

  @Override
  public AdminAnswer reload() {
    return because("asked by an administrator");
  }

  /** Reloads where nobody waits for the answer: the log tells what came of it. */
  void reloadBecause(String why) {
    AdminAnswer _ = because(why);
  }

  private AdminAnswer because(String why) {
    oneAtATime.lock();
    try {
      AdminAnswer.Done done = load();
      done.text().lines().forEach(line -> LOG.info("{}: {}", why, line));
      return done;
    } catch (Refusal refusal) {
      String text = refused(refusal.lines());
      text.lines().forEach(line -> LOG.error("{}: {}", why, line));
      return AdminAnswer.invalid(text);
    } finally {
      oneAtATime.unlock();
    }
  }

  /** The files and folders that a reload would read. */
  List<Path> read() {
    PipelineConfig pipeline = current.pipeline();
    List<Path> all = new ArrayList<>(List.of(pipeline.file(), pipeline.plugins()));
    current.tls().ifPresent(tls -> all.addAll(List.of(tls.certificate(), tls.key())));
    return all;
  }

  private AdminAnswer.Done load() {
    ServerConfig next =
        switch (new ConfigReader(environment).read(started.home())) {
          case ConfigResult.Valid(ServerConfig config) -> config;
          case ConfigResult.Invalid(List<Problem> problems) -> throw broken(problems);
        };
    Pipeline pipeline = pipelines.apply(next);
    Optional<Runnable> certificate = next.tls().flatMap(certificates::prepare);
    live.get().swap(pipeline);
    certificate.ifPresent(Runnable::run);
    current = next;
    return new AdminAnswer.Done(told(next, pipeline, certificate.isPresent()));
  }

  // Who mends the configuration wants to know at once what else is wrong.
  private Refusal broken(List<Problem> problems) {
    List<String> lines = new ArrayList<>(problems.stream().map(Problem::toString).toList());
    try {
      Pipeline _ = pipelines.apply(current);
    } catch (Refusal refusal) {
      lines.addAll(refusal.lines());
    }
    return new Refusal(lines);
  }

  private String told(ServerConfig next, Pipeline pipeline, boolean renewed) {
    String plugins =
        Plugins.all(next).stream().map(PluginDirectory::name).collect(Collectors.joining(", "));
    List<String> lines = new ArrayList<>();
    lines.add(
        "in use from now on: %s with %d processors, the plugins %s%s"
            .formatted(
                shown(next.pipeline().file()),
                pipeline.processors().size(),
                plugins,
                renewed ? ", a new TLS certificate" : ""));
    List<String> restart = RestartReasons.between(started, next);
    if (!restart.isEmpty()) {
      lines.add(
          "needs a restart: %s in %s".formatted(String.join(", ", restart), ConfigReader.FILE));
    }
    return String.join("\n", lines);
  }

  private String shown(Path file) {
    return (file.startsWith(started.home()) ? started.home().relativize(file) : file).toString();
  }

  private static String refused(List<String> lines) {
    return "the reload is refused, everything stays as it was:\n" + String.join("\n", lines);
  }
}
