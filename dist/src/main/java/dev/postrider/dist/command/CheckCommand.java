package dev.postrider.dist.command;

import dev.postrider.dist.checkup.Checkup;
import dev.postrider.dist.home.Home;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code check}: everything that serve would refuse, and a doctor for TLS and DNS. */
@Command(
    name = "check",
    description =
        "Names everything that serve would refuse, with file and line; warns about TLS and DNS.")
final class CheckCommand implements Callable<Integer> {

  private final Console console;

  @Mixin private final HomeOption home = new HomeOption();

  CheckCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Home checked = home.existing();
    Checkup.Findings findings = Checkup.of(checked);
    if (!findings.problems().isEmpty()) {
      return console.refuse(findings.problems());
    }
    findings.warnings().forEach(warning -> console.say("warning: " + warning));
    List<String> warnings = findings.warnings();
    console.say(
        checked
            + " is good to serve"
            + (warnings.isEmpty() ? "" : "; " + warnings.size() + " warnings"));
    return Console.DONE;
  }
}
