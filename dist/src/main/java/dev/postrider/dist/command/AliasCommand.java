package dev.postrider.dist.command;

import dev.postrider.dist.access.Access;
import dev.postrider.kernel.admin.AliasView;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code alias add|list|remove}. */
@Command(name = "alias", description = "Other names: aliases, groups and catch-alls.")
final class AliasCommand {

  private final Console console;

  AliasCommand(Console console) {
    this.console = console;
  }

  @Command(description = "Adds targets to an alias, which is made where it does not exist.")
  int add(
      @Mixin HomeOption home,
      @Parameters(
              index = "0",
              paramLabel = "ALIAS",
              description = "an address, or @domain for everything that nothing else names")
          String key,
      @Parameters(
              index = "1..*",
              arity = "1..*",
              paramLabel = "TARGET",
              description = "addresses here or elsewhere")
          List<String> targets) {
    return console.change(home, to -> to.addAlias(key, targets));
  }

  @Command(description = "Lists the aliases.")
  int list(@Mixin HomeOption home, @Mixin JsonOption json) {
    try (Access access = Access.open(home.existing())) {
      List<AliasView> aliases = access.administration().aliases();
      List<String> lines =
          aliases.stream().map(a -> a.key() + " -> " + String.join(", ", a.targets())).toList();
      return console.list(json.asked(), aliases, lines);
    }
  }

  @Command(description = "Removes an alias.")
  int remove(
      @Mixin HomeOption home,
      @Parameters(paramLabel = "ALIAS", description = "its name") String key) {
    return console.change(home, to -> to.removeAlias(key));
  }
}
