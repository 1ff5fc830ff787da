package dev.postrider.dist.command;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code backup}: a copy of a home, whether its server runs or not. */
@Command(
    name = "backup",
    description =
        "Adds a complete copy of conf, plugins and store to a folder. The server may run; what did"
            + " not change since the last backup in that folder is shared with it.")
final class BackupCommand implements Callable<Integer> {

  private final Console console;

  @Mixin private final HomeOption home = new HomeOption();

  @Parameters(paramLabel = "DIR", description = "for the backups of this home")
  private Path directory = Path.of(".");

  BackupCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    String absolute = directory.toAbsolutePath().normalize().toString();
    return console.change(home, to -> to.backup(absolute));
  }
}
