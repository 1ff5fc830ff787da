package dev.postrider.dist.home;

import dev.postrider.kernel.host.config.ConfigReader;
import dev.postrider.kernel.host.config.ConfigResult;
import dev.postrider.kernel.host.config.ServerConfig;
import dev.postrider.kernel.problem.Problem;
import java.util.List;

/** Reads configurations for commands. */
public final class Configurations {

  private Configurations() {}

  /**
   * The domain of {@code postmaster} without one.
   *
   * @throws Refusal with all problems when there are any
   */
  public static String postmasterDomain(Home home) {
    return read(home).postmasterDomain();
  }

  /**
   * The configuration of a home.
   *
   * @throws Refusal with all problems when there are any
   */
  public static ServerConfig read(Home home) {
    return switch (new ConfigReader(System.getenv()).read(home.existing().directory())) {
      case ConfigResult.Valid(ServerConfig config) -> config;
      case ConfigResult.Invalid(List<Problem> problems) ->
          throw new Refusal(problems.stream().map(Problem::toString).toList());
    };
  }
}
