package dev.postrider.dist.command;

import dev.postrider.dist.access.Access;
import dev.postrider.dist.home.Home;
import dev.postrider.dist.home.Refusal;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code reload}: puts changed files in use while the server runs. */
@Command(
    name = "reload",
    description =
        "Puts the changed pipeline, plugins and certificate in use, in one step, while the server"
            + " runs. Where anything is wrong with them, names it and changes nothing.")
final class ReloadCommand implements Callable<Integer> {

  private final Console console;

  @Mixin private final HomeOption home = new HomeOption();

  ReloadCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    return reload(console, home.existing());
  }

  static int reload(Console console, Home home) {
    Optional<Access> server = Access.toServer(home);
    if (server.isEmpty()) {
      throw new Refusal(Access.whyNoServer(home));
    }
    try (Access access = server.get()) {
      return console.report(access.administration().reload());
    }
  }
}
