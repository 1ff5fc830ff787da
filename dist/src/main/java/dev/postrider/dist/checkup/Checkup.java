package dev.postrider.dist.checkup;

import dev.postrider.dist.dkim.DkimFolder;
import dev.postrider.dist.dkim.DkimKey;
import dev.postrider.dist.home.Home;
import dev.postrider.dist.home.Reasons;
import dev.postrider.dist.home.Refusal;
import dev.postrider.dist.pipeline.Pipelines;
import dev.postrider.dist.plugin.Plugins;
import dev.postrider.kernel.host.config.ConfigReader;
import dev.postrider.kernel.host.config.ConfigResult;
import dev.postrider.kernel.host.config.ServerConfig;
import dev.postrider.kernel.problem.Problem;
import dev.postrider.kernel.resolver.DnsjavaDns;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Looks a home over without starting anything; works while its server runs, and offline. */
public final class Checkup {

  private Checkup() {}

  /**
   * What was found.
   *
   * @param problems what serve would refuse
   * @param warnings what serve puts up with
   */
  public record Findings(List<String> problems, List<String> warnings) {}

  /** Looks it over. */
  public static Findings of(Home home) {
    return switch (new ConfigReader(System.getenv()).read(home.directory())) {
      case ConfigResult.Invalid(List<Problem> problems) ->
          new Findings(problems.stream().map(Problem::toString).toList(), List.of());
      case ConfigResult.Valid(ServerConfig config) -> of(config);
    };
  }

  private static Findings of(ServerConfig config) {
    List<String> problems = new ArrayList<>();
    List<String> warnings = new ArrayList<>(TlsDoctor.warnings(config, InstantSource.system()));
    try (DnsjavaDns dns = Pipelines.resolver(config)) {
      try {
        Pipelines.check(config, Plugins.all(config));
        List<DkimKey> keys = new DkimFolder(new Home(config.home())).list();
        warnings.addAll(DkimDoctor.warnings(keys, dns));
      } catch (Refusal refusal) {
        problems.addAll(refusal.lines());
      }
      warnings.addAll(DnsDoctor.warnings(config, dns));
    } catch (IOException e) {
      warnings.add("DNS: the resolvers can't be used: " + Reasons.of(e));
    }
    return new Findings(List.copyOf(problems), List.copyOf(warnings));
  }
}
