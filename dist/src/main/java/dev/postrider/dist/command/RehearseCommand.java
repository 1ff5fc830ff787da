package dev.postrider.dist.command;

import dev.postrider.dist.home.Installation;
import dev.postrider.dist.startup.Rehearsal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code rehearse}: what the launcher runs to make the start-up cache. */
@Command(name = "rehearse", description = "Makes the start-up cache of this distribution anew.")
final class RehearseCommand implements Callable<Integer> {

  @Override
  public Integer call() throws InterruptedException {
    Rehearsal.run(Installation.current());
    return Console.DONE;
  }
}
