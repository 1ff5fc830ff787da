package dev.postrider.dist.command;

import dev.postrider.dist.home.Home;
import dev.postrider.dist.storage.Restore;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code restore}: a home from a backup. */
@Command(
    name = "restore",
    description = "Makes a home from a backup, where nothing is yet; checks every file of it.")
final class RestoreCommand implements Callable<Integer> {

  private final Console console;

  @Mixin private final HomeOption home = new HomeOption();

  @Parameters(
      paramLabel = "BACKUP",
      description = "a backup, or a folder of backups, of which the newest is taken")
  private Path backup = Path.of(".");

  RestoreCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Home made = home.any();
    Path taken = Restore.into(made, backup);
    console.say(
        taken + " is restored in " + made + "; 'postrider verify --home " + made + "' looks at it");
    return Console.DONE;
  }
}
